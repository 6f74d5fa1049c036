// What must hold of a packed extension, whoever packs it.
import { inflateRawSync } from 'node:zlib';

/** The files of a zip archive, by name. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf('PK\x05\x06', bytes.length, 'latin1');
  if (end < 0) throw new Error('not a zip file');
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const packed = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + packed);
    files.set(name, bytes.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

/**
 * What is wrong with the files of a package: others than those `expected`, source maps, folders of the machine that
 * packed it, another version in the bundles than in the manifest.
 */
export function problemsOf(files, { expected, folders, version }) {
  const names = [...files.keys()];
  const problems = [
    ...expected.filter((name) => !files.has(name)).map((name) => `missing in the package: ${name}`),
    ...names.filter((name) => !expected.includes(name)).map((name) => `not expected in the package: ${name}`),
    ...names.filter((name) => name.endsWith('.map')).map((name) => `a source map in the package: ${name}`),
  ];
  for (const [name, content] of files) {
    const text = content.toString('latin1');
    if (name.endsWith('.js') && text.includes('sourceMappingURL='))
      problems.push(`${name} names a source map`);
    for (const folder of folders) {
      if (text.includes(folder)) problems.push(`${name} holds a path of this machine: ${folder}`);
    }
  }
  for (const name of ['extension/dist/server.js', 'extension/dist/cli.js']) {
    if (files.get(name)?.toString('latin1').includes(version) === false)
      problems.push(`${name} does not hold the version of the manifest, ${version}`);
  }
  return problems;
}
