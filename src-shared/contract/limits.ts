/** Bytes of the largest message to the program: a whole experiment document, not a data set. */
export const LARGEST_MESSAGE = 8 * 2 ** 20
