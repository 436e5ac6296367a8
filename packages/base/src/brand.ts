declare const brand: unique symbol;

/** A `T` that cannot be mixed up with another `T`: `type RowId = Brand<number, 'RowId'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
