/** Kept with every figure that was computed: the same version, seed and input give the same bytes. Raised when one would differ. */
export const engineVersion = '0.1.0'
