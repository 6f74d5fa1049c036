import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LanguageClient } from '../../../test/support/language-client.ts';
import type { Bench } from './bench.ts';
import { mainFile } from './material.ts';
import { interleaved, ratioOf, timed } from './measure.ts';
import { run } from './process.ts';
import type { Row } from './rows.ts';

/** The start may take so long, in milliseconds. */
const START_MS = 300;

/** From the start of the server's process to the first findings for a file. */
export async function startRows(bench: Bench): Promise<Row[]> {
  bench.progress('start');
  const { file } = mainFile(bench.material);
  const rootUri = pathToFileURL(`${dirname(file.path)}/`).href;
  const times = await interleaved(bench.quick ? 1 : 9, {
    bare: () => run(process.execPath, ['-e', '0']),
    own: async () => {
      let client: LanguageClient | undefined;
      const time = await timed(async () => {
        client = await LanguageClient.start({ rootUri });
        await client.open(file.uri, file.text);
        await client.diagnostics(file.uri);
      });
      await client?.shutdown();
      return time;
    },
  });
  const name = 'server start to first findings';
  const note = `the server opens a file of ${file.text.split('\n').length} lines`;
  return [
    {
      section: 'start',
      name,
      against: 'node -e 0',
      ratio: ratioOf(times.own, times.bare),
      budget: 3,
      note,
    },
    {
      section: 'start',
      name,
      against: `${START_MS} ms`,
      ratio: ratioOf(
        times.own,
        times.own.map(() => START_MS),
      ),
      budget: 1,
    },
  ];
}
