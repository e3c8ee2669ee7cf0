import type { ExportFormat } from '@shared/exports/format'
import { shallowRef } from 'vue'
import { api } from '../api/client'

/** What things can be taken out as; asked for once, and empty until that is answered. */
export const exportFormats = shallowRef<readonly ExportFormat[]>([])

let asked: Promise<void> | undefined

/** Fills the list, if that was not done before. */
export function loadExportFormats(): void {
  asked ??= api.experiments.formats().then(
    formats => void (exportFormats.value = formats),
    () => void (asked = undefined),
  )
}
