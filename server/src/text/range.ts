/** A half-open stretch of one file's text in UTF-16 offsets: the only position type outside `lsp/` and `cli/`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export const range = (start: number, end: number): TextRange => ({ start, end });

/** True when `inner` lies in `outer`; equal ends count. */
export const contains = (outer: TextRange, inner: TextRange): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** True when `offset` lies in the range or at its end (a cursor behind the last letter still points at it). */
export const touches = (span: TextRange, offset: number): boolean =>
  span.start <= offset && offset <= span.end;
