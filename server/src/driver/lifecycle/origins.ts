/**
 * Where a value comes from, as the text in `Known.origin`: a prefix and what it is about.
 */

/** The status of a registration: with its site. */
export const STATUS_OF = 's:';
/** The handle of a registration: with its site. */
export const HANDLE_OF = 'h:';
/** The result of another call: `start-end:callee:tag of the function`. */
export const RESULT_OF = 'c:';
/** A constant that the function stored: `start-end`. */
export const STORED_AT = 'k:';

export const isOfRegistration = (origin: string): boolean =>
  origin.startsWith(STATUS_OF) || origin.startsWith(HANDLE_OF);
