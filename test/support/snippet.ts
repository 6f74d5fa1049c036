/**
 * Expands a snippet as an editor does: tab stops take their default, mirrors repeat it, and each choice is
 * taken in turn. `$UUID` is the only variable our snippets use; others, and transforms, make this throw.
 */
export function expandSnippet(body: string): string[] {
  const choices = new Map<string, readonly string[]>();
  const defaults = new Map<string, string>();
  for (const [, index, kind, content] of body.matchAll(STOP)) {
    if (index === undefined || content === undefined) continue;
    if (kind === '|') choices.set(index, content.slice(0, -1).split(','));
    else if (kind === ':') defaults.set(index, content);
  }
  let variants: Map<string, string>[] = [defaults];
  for (const [index, options] of choices) {
    variants = variants.flatMap((values) => options.map((option) => new Map([...values, [index, option]])));
  }
  return variants.map((values) => expand(body, values));
}

const STOP = /(?<!\\)\$\{(\d+)(?:([:|])((?:\\.|[^\\}])*))?\}/g;

function expand(body: string, values: ReadonlyMap<string, string>): string {
  const text = body
    .replace(STOP, (_, index: string) => values.get(index) ?? '')
    .replace(/(?<!\\)\$(\d+)/g, (_, index: string) => values.get(index) ?? '')
    .replace(/(?<!\\)\$UUID\b/g, '0f8fad5b-d9cb-469f-a165-70867728950e');
  const left = /(?<!\\)\$\{?[A-Z_a-z]/.exec(text);
  if (left) throw new Error(`the test does not know ${text.slice(left.index, left.index + 20)}`);
  return text.replace(/\\([\\$}])/g, '$1');
}
