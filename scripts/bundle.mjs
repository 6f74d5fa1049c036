// Bundles TypeScript tests and tools so that the Node of today and of two years ago run them alike.
import { build } from 'esbuild';
import { join } from 'node:path';

/**
 * Bundles `entryPoints` (paths below `root`) into `outdir`, which must lie below `root` too:
 * packages stay outside the bundles and are found from there. The output is CommonJS, so `import.meta` is
 * empty; the working directory is the root of the repository. `__dirname` is `dist/`, because
 * sources of the product look for their data beside the bundle they usually are part of.
 */
export async function bundle(root, entryPoints, outdir, outbase = root) {
  const result = await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    outbase,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    define: { __dirname: JSON.stringify(join(root, 'dist')) },
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(result.metafile.outputs)
    .filter((file) => file.endsWith('.cjs'))
    .map((file) => join(root, file));
}
