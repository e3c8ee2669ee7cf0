/** What cannot be measured as it was asked for, or here; the message says why to whoever asked. */
export class Refusal extends Error {}
