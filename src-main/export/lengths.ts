export const MM_PER_INCH = 25.4

/** Of PostScript, PDF and CSS. */
export const POINTS_PER_INCH = 72
