import type { Severity } from '../catalog/entry.ts';
import { splitConfiguration } from '../project/configuration.ts';
import { platformNamed, PLATFORMS } from '../project/platform.ts';
import { pathOf } from '../text/uri.ts';

/** The blocks of the settings editor, in order, with their titles. */
export const SETTING_GROUPS = {
  build: 'Projects and build',
  findings: 'Findings',
  editor: 'In the editor',
  troubleshooting: 'Troubleshooting',
} as const;

/**
 * One user setting. `contributes.configuration` in package.json and its texts in package.nls.json are
 * generated from this list.
 */
export interface SettingSchema {
  readonly group: keyof typeof SETTING_GROUPS;
  readonly type: 'string' | 'array' | 'object' | 'boolean';
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly scope: 'resource' | 'window' | 'machine-overridable';
  readonly items?: object;
  readonly enum?: readonly string[];
  /** What the values of `enum` mean, in the same order. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly additionalProperties?: object;
}

export const SEVERITIES = ['error', 'warning', 'information', 'hint', 'off'] as const;
export type RuleLevel = Severity | 'off';

/** Without the `driverentry.` prefix. */
export const SETTINGS = {
  defines: {
    group: 'build',
    type: 'array',
    scope: 'resource',
    default: [],
    items: { type: 'string', pattern: '^[A-Za-z_]\\w*(=.*)?$' },
    markdownDescription:
      'Macros of the build, as `NAME` or `NAME=VALUE`. They decide `#if` branches: with `NDIS630_MINIPORT=1` the code for other NDIS versions is left out of the analysis.',
  },
  rules: {
    group: 'findings',
    type: 'object',
    scope: 'resource',
    default: {},
    additionalProperties: { type: 'string', enum: SEVERITIES },
    markdownDescription:
      'Severity by rule id, or `off`: `{ "header-type-mismatch": "off", "size-not-versioned": "hint" }`. Ids are listed in the README and by `driverentry rules`.',
  },
  configuration: {
    group: 'build',
    type: 'string',
    scope: 'resource',
    default: '',
    markdownDescription:
      'Build configuration and platform to look at, as `Release|x64`; half of it (`Release`, `|ARM64`) is enough. It decides the macros of projects, `_WIN64`, `_M_ARM64` and their like. Projects that do not have it, and those of all when it is empty, are read as `Debug|x64`, or as the first they have.',
  },
  exclude: {
    group: 'build',
    type: 'array',
    scope: 'resource',
    default: [],
    items: { type: 'string' },
    markdownDescription: 'Glob patterns of files that are never analysed, such as `**/third_party/**`.',
  },
  hover: {
    group: 'editor',
    type: 'string',
    scope: 'resource',
    default: 'auto',
    enum: ['auto', 'full', 'compact', 'off'],
    choices: {
      auto: 'Compact beside the C/C++ extension or clangd, which show the declaration; else full.',
      full: 'Everything: meaning, prototype, parameters, return codes, notes.',
      compact: 'Meaning and what concerns this driver, with a link to the documentation.',
      off: 'None.',
    },
    markdownDescription: 'What is shown when the mouse rests on a name of the registration.',
  },
  codeLens: {
    group: 'editor',
    type: 'boolean',
    scope: 'resource',
    default: true,
    markdownDescription:
      'Lines above `DriverEntry`, registrations and handlers that say what is registered, where, for which IRQL, and where it is undone.',
  },
  inlayHints: {
    group: 'editor',
    type: 'boolean',
    scope: 'resource',
    default: false,
    markdownDescription:
      'The IRQL behind the parameters of handlers, and the member in front of each value of an initializer without designators. `#editor.inlayHints.enabled#` must allow hints.',
  },
  'trace.server': {
    group: 'troubleshooting',
    type: 'string',
    scope: 'window',
    default: 'off',
    enum: ['off', 'messages', 'verbose'],
    markdownDescription: 'Logs the messages between VS Code and the language server to the output channel.',
  },
} as const satisfies Record<string, SettingSchema>;

/** Settings as the core uses them. */
export interface Settings {
  readonly defines: ReadonlyMap<string, string>;
  readonly rules: ReadonlyMap<string, RuleLevel>;
  readonly configuration: string;
  readonly exclude: readonly RegExp[];
  readonly hover: HoverStyle;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
}

/** `auto` is for clients to decide, which know who else answers; for the server it is `full`. */
export type HoverStyle = (typeof SETTINGS)['hover']['enum'][number];

export const DEFAULT_SETTINGS: Settings = {
  defines: new Map(),
  rules: new Map(),
  configuration: '',
  exclude: [],
  hover: SETTINGS.hover.default,
  codeLens: SETTINGS.codeLens.default,
  inlayHints: SETTINGS.inlayHints.default,
};

/**
 * Reads what an editor or command line handed over. Bad values fall back to the default and are described in
 * `problems`, one sentence each; nothing throws.
 */
export function readSettings(
  raw: unknown,
  ruleIds: ReadonlySet<string>,
): { settings: Settings; problems: string[] } {
  const problems: string[] = [];
  const source = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
  const strings = (key: string): string[] => {
    const value = source[key];
    if (value === undefined || value === null) return [];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    problems.push(`setting driverentry.${key} must be a list of strings; it is ignored`);
    return [];
  };

  const defines = new Map<string, string>();
  for (const text of strings('defines')) {
    const match = /^([A-Za-z_]\w*)(?:=([^]*))?$/.exec(text.trim());
    if (match?.[1]) defines.set(match[1], match[2] ?? '1');
    else problems.push(`setting driverentry.defines: "${text}" is not NAME or NAME=VALUE; it is ignored`);
  }

  const rules = new Map<string, RuleLevel>();
  const levels = source['rules'];
  if (typeof levels === 'object' && levels !== null && !Array.isArray(levels)) {
    for (const [id, level] of Object.entries(levels)) {
      if (!ruleIds.has(id)) problems.push(`setting driverentry.rules: there is no rule "${id}"`);
      else if (!(SEVERITIES as readonly unknown[]).includes(level))
        problems.push(
          `setting driverentry.rules: "${String(level)}" for ${id} is none of ${SEVERITIES.join(', ')}`,
        );
      else rules.set(id, level as RuleLevel);
    }
  } else if (levels !== undefined && levels !== null) {
    problems.push('setting driverentry.rules must be an object of rule id to severity; it is ignored');
  }

  const configuration = typeof source['configuration'] === 'string' ? source['configuration'] : '';
  const { platform } = splitConfiguration(configuration);
  if (platform !== '' && platformNamed(platform) === undefined)
    problems.push(
      `setting driverentry.configuration: unknown platform "${platform}"; known are ${PLATFORMS.join(', ')}`,
    );

  const flag = (key: 'codeLens' | 'inlayHints'): boolean => {
    const value = source[key];
    if (typeof value === 'boolean') return value;
    if (value !== undefined && value !== null)
      problems.push(`setting driverentry.${key} must be true or false; it is ignored`);
    return SETTINGS[key].default;
  };

  const style = source['hover'] ?? SETTINGS.hover.default;
  const hover = SETTINGS.hover.enum.find((one) => one === style);
  if (hover === undefined)
    problems.push(
      `setting driverentry.hover: ${JSON.stringify(style)} is none of ${SETTINGS.hover.enum.join(', ')}`,
    );

  return {
    settings: {
      defines,
      rules,
      configuration,
      exclude: strings('exclude').map(globToRegExp),
      hover: hover ?? SETTINGS.hover.default,
      codeLens: flag('codeLens'),
      inlayHints: flag('inlayHints'),
    },
    problems,
  };
}

/** True when the settings exclude a file. */
export function excludes(settings: Settings, uri: string): boolean {
  if (settings.exclude.length === 0) return false;
  const path = pathOf(uri);
  return settings.exclude.some((pattern) => pattern.test(path));
}

/** `**` any folders, `*` and `?` within a name. Matches anywhere in the path when it starts with `**`. */
export function globToRegExp(glob: string): RegExp {
  let source = '';
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i] as string;
    if (c === '*' && glob[i + 1] === '*') {
      i += glob[i + 2] === '/' ? 2 : 1;
      source += '.*';
    } else if (c === '*') source += '[^/]*';
    else if (c === '?') source += '[^/]';
    else source += c.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^(?:.*/)?${source}$`, 'i');
}
