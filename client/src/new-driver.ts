import * as vscode from 'vscode';
import { askSteps, type Step } from './multi-step.ts';

/** What the server offers: the answer to `driverentry/driverKinds`. */
interface DriverKind {
  name: string;
  title: string;
  summary: string;
  defaultName: string;
  versions: { version: string; os?: string }[];
  splitFiles: string[];
}

/** The answer to `driverentry/newDriver`. */
interface NewDriver {
  files: { name: string; text: string }[];
  open: string;
}

/** What is asked for, step by step. */
interface Answers {
  kind?: DriverKind;
  version?: string;
  name?: string;
  layout?: 'single' | 'split';
  folder?: vscode.Uri;
}

export type Ask = <T>(method: string, params?: object) => Promise<T>;

/** Asks for kind, version, name, layout and folder, writes the files and opens the first. */
export async function createDriver(ask: Ask): Promise<void> {
  const kinds = await ask<DriverKind[]>('driverentry/driverKinds');
  const answers: Answers = {};
  const done = await askSteps(vscode.l10n.t('New driver'), () => [
    kindStep(kinds, answers),
    ...((answers.kind?.versions.length ?? 1) > 0 ? [versionStep(answers)] : []),
    nameStep(answers, ask),
    layoutStep(answers),
    folderStep(answers),
  ]);
  const { kind, version, name, layout, folder } = answers;
  if (!done || !kind || !folder) return;
  const driver = await ask<NewDriver>('driverentry/newDriver', {
    kind: kind.name,
    name,
    layout,
    ...(kind.versions.length > 0 ? { version } : {}),
  });
  if (await write(driver, folder)) {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, driver.open), { preview: false });
  }
}

const kindStep = (kinds: readonly DriverKind[], answers: Answers): Step => ({
  kind: 'pick',
  placeholder: vscode.l10n.t('What kind of driver?'),
  items: kinds.map((kind) => ({ label: kind.title, description: kind.name, detail: kind.summary })),
  active: answers.kind?.title,
  take(label) {
    const kind = kinds.find(({ title }) => title === label);
    if (kind !== answers.kind) delete answers.version;
    if (kind) answers.kind = kind;
  },
});

const versionStep = (answers: Answers): Step => ({
  kind: 'pick',
  placeholder: vscode.l10n.t('NDIS version: the driver loads on this Windows and all newer ones'),
  items: (answers.kind?.versions ?? []).map(({ version, os }) => ({
    label: version,
    ...(os === undefined ? {} : { description: os }),
  })),
  active: answers.version,
  take(label) {
    answers.version = label;
  },
});

const nameStep = (answers: Answers, ask: Ask): Step => ({
  kind: 'input',
  prompt: vscode.l10n.t('Name of project, service and functions'),
  value: answers.name ?? answers.kind?.defaultName ?? '',
  validate: async (name) =>
    (await ask<string | null>('driverentry/driverNameProblem', { name })) ?? undefined,
  take(name) {
    answers.name = name;
  },
});

const layoutStep = (answers: Answers): Step => {
  const single = vscode.l10n.t('One file');
  const split = vscode.l10n.t('Several files');
  return {
    kind: 'pick',
    placeholder: vscode.l10n.t('How is the source laid out?'),
    items: [
      { label: single, description: 'driver.c' },
      { label: split, description: answers.kind?.splitFiles.join(', ') ?? '' },
    ],
    active: answers.layout === 'split' ? split : single,
    take(label) {
      answers.layout = label === split ? 'split' : 'single';
    },
  };
};

const folderStep = (answers: Answers): Step => {
  const browse = vscode.l10n.t('Choose a folder...');
  const places = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri, name }) => [
    { label: `${name}/${answers.name}`, uri: vscode.Uri.joinPath(uri, answers.name ?? ''), isNew: true },
    { label: name, uri, isNew: false },
  ]);
  return {
    kind: 'pick',
    placeholder: vscode.l10n.t('Where do the files go?'),
    items: [
      ...places.map(({ label, isNew }) => ({
        label,
        description: isNew ? vscode.l10n.t('a new folder') : vscode.l10n.t('the folder itself'),
      })),
      { label: browse, description: '' },
    ],
    active: undefined,
    async take(label) {
      const place = places.find((one) => one.label === label);
      if (place) answers.folder = place.uri;
      else {
        const [chosen] =
          (await vscode.window.showOpenDialog({
            canSelectFolders: true,
            canSelectFiles: false,
            openLabel: vscode.l10n.t('Create driver here'),
          })) ?? [];
        if (chosen) answers.folder = chosen;
        return chosen !== undefined;
      }
      return true;
    },
  };
};

/** False when files are there already and the user wants to keep them. */
async function write({ files }: NewDriver, folder: vscode.Uri): Promise<boolean> {
  const there: string[] = [];
  for (const { name } of files) {
    if (await exists(vscode.Uri.joinPath(folder, name))) there.push(name);
  }
  if (there.length > 0) {
    const overwrite = vscode.l10n.t('Overwrite');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('The folder {0} already has {1}.', folder.path, there.join(', ')),
      { modal: true, detail: vscode.l10n.t('What is in these files will be lost.') },
      overwrite,
    );
    if (chosen !== overwrite) return false;
  }
  for (const { name, text } of files) {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text));
  }
  return true;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
