import type { Session } from './session.ts';

/** Whether a smaller session still fails in the same way. */
export type StillFails = (session: Session) => Promise<boolean>;

/** Drops edits, then files, then lines, as long as it still fails and `isTimeUp` says no. */
export async function minimise(
  session: Session,
  stillFails: StillFails,
  isTimeUp: () => boolean,
): Promise<Session> {
  let best = session;
  const attempt = async (smaller: Session): Promise<boolean> => {
    if (isTimeUp() || !(await stillFails(smaller))) return false;
    best = smaller;
    return true;
  };
  // What happened before may not matter: the last edit alone, with all texts as they are by then.
  const last = session.edits.at(-1);
  if (last) await attempt({ ...session, files: filesBefore(session), edits: [last] });
  await dropParts(best.edits.length, (from, to) =>
    attempt({ ...best, edits: best.edits.filter((_, index) => index < from || index >= to) }),
  );
  for (const name of Object.keys(best.files)) {
    await attempt({ ...best, files: withoutKey(best.files, name) });
  }
  for (const text of new Set([...best.edits.map((edit) => edit.text), ...Object.values(best.files)])) {
    if (text !== undefined) await dropLines(text, () => best, attempt);
  }
  return best;
}

const withoutKey = (files: Session['files'], name: string) =>
  Object.fromEntries(Object.entries(files).filter(([other]) => other !== name));

function filesBefore({ files, edits }: Session): Session['files'] {
  const result = new Map(Object.entries(files));
  for (const { name, text } of edits.slice(0, -1)) if (text !== undefined) result.set(name, text);
  return Object.fromEntries(result);
}

/** Deletes lines of one text, and the same lines together in every text that has them, as versions of it do. */
async function dropLines(
  text: string,
  best: () => Session,
  attempt: (smaller: Session) => Promise<boolean>,
): Promise<void> {
  let rest = text.split('\n');
  await dropParts(rest.length, async (from, to) => {
    const gone = `\n${rest.slice(from, to).join('\n')}\n`;
    const kept = [...rest.slice(0, from), ...rest.slice(to)];
    const [now, then] = [rest.join('\n'), kept.join('\n')];
    const cut = (one: string) => {
      if (one === now) return then;
      const at = `\n${one}\n`.indexOf(gone);
      return at < 0 ? one : `\n${one}\n`.replace(gone, '\n').slice(1, -1);
    };
    const only = (one: string) => (one === now ? then : one);
    for (const change of [cut, only]) {
      const session = best();
      const smaller = {
        ...session,
        files: Object.fromEntries(Object.entries(session.files).map(([name, one]) => [name, change(one)])),
        edits: session.edits.map((edit) =>
          edit.text === undefined ? edit : { ...edit, text: change(edit.text) },
        ),
      };
      if (await attempt(smaller)) {
        rest = kept;
        return true;
      }
    }
    return false;
  });
}

/** Tries to leave out large parts of a list first, then smaller ones. `drop` says whether the part is gone. */
async function dropParts(
  length: number,
  drop: (from: number, to: number) => Promise<boolean>,
): Promise<void> {
  let left = length;
  for (let size = Math.max(1, left >> 1); left > 0; size >>= 1) {
    for (let to = left; to > 0; to -= size) {
      const from = Math.max(0, to - size);
      if (await drop(from, to)) left -= to - from;
    }
    if (size <= 1) break;
  }
}
