import { buildCatalog, type Catalog, type CatalogBundle } from '../catalog/catalog.ts';
import { createParser, type SyntaxParser } from '../syntax/parser.ts';

/** Addresses of what the build put beside the bundles; a worker cannot know them by itself. */
interface Assets {
  readonly catalog: string;
  readonly runtime: string;
  readonly grammar: string;
}

/** The client's initialization options hold the addresses. Throws when they do not. */
function assetsIn(options: unknown): Assets {
  const assets = (options as { assets?: Assets } | null | undefined)?.assets;
  if (!assets) throw new Error('the client does not say where the catalogue and the parser are');
  return assets;
}

async function get(address: string): Promise<Response> {
  let reason: string;
  try {
    const response = await fetch(address);
    if (response.ok) return response;
    reason = `${response.status} ${response.statusText}`;
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  throw new Error(`cannot load ${address}: ${reason}. Reload the window, or reinstall DriverEntry.`);
}

/** The catalogue, by fetch. */
export const fetchCatalog = async (options: unknown): Promise<Catalog> =>
  buildCatalog((await (await get(assetsIn(options).catalog)).json()) as CatalogBundle);

/** The parser, from wasm files by fetch. */
export async function fetchParser(options: unknown): Promise<SyntaxParser> {
  const assets = assetsIn(options);
  const bytes = async (address: string) => new Uint8Array(await (await get(address)).arrayBuffer());
  const [runtime, grammar] = await Promise.all([bytes(assets.runtime), bytes(assets.grammar)]);
  return createParser({ runtime, grammar });
}

/** Lets messages and timers through between slices of long work. Timers alone would wait 4 ms each. */
export const yieldNow = (): Promise<void> =>
  new Promise((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resume();
    });
    port1.start();
    port2.postMessage(undefined);
  });
