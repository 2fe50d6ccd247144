/** Bytes of the larger field's element; the smaller one's are used up to `stride`. */
export const ELEMENT = 112;

/** Written once by the host for each instance: limbs in Montgomery form where not said otherwise. */
export const MODULUS = memory.data(ELEMENT, 16); // plain
export const NEGATIVE_INVERSE = memory.data(16, 16); // −p⁻¹ mod 2^w
export const INVERSE = memory.data(16, 16); // p⁻¹ mod 2^w
export const RECIPROCAL = memory.data(16, 16); // ⌊2⁴⁰ · 2^(w(n−1)) / p⌋
export const R2 = memory.data(ELEMENT, 16); // R² mod p, plain
export const R3 = memory.data(ELEMENT, 16); // R³ mod p, plain
export const ONE = memory.data(2 * ELEMENT, 16); // of the field and, with a zero behind it, of its extension
/** Coefficient b of the curve, and of its twist. */
export const B = memory.data(ELEMENT, 16);
export const B_TWIST = memory.data(2 * ELEMENT, 16);
/** (βx, y) is a multiple of (x, y). */
export const BETA = memory.data(ELEMENT, 16);
/** ξ^(i(p−1)/6) for i = 1…5, and the coefficients of the endomorphism ψ of the twist. */
export const FROBENIUS = memory.data(10 * ELEMENT, 16);
export const PSI = memory.data(4 * ELEMENT, 16);
/** The generator's odd multiples 1, 3, 5 … 31, affine. */
export const GENERATOR = memory.data(2 * ELEMENT, 16);
