import { whyUnavailable } from '../processes/available'

/** Why there is no native engine here; nothing where there is. Without one nothing can be calibrated, and WebAssembly trains. */
export const withoutNative = whyUnavailable('native')
