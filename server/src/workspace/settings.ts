import type { Severity } from '../catalog/entry.ts';

/** One user setting. `contributes.configuration` in package.json is generated from this list. */
export interface SettingSchema {
  readonly type: 'string' | 'array' | 'object';
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly scope: 'resource' | 'window' | 'machine-overridable';
  readonly items?: object;
  readonly enum?: readonly string[];
  readonly additionalProperties?: object;
}

export const SEVERITIES = ['error', 'warning', 'information', 'hint', 'off'] as const;
export type RuleLevel = Severity | 'off';

/** Without the `driverentry.` prefix. */
export const SETTINGS = {
  defines: {
    type: 'array',
    scope: 'resource',
    default: [],
    items: { type: 'string', pattern: '^[A-Za-z_]\\w*(=.*)?$' },
    markdownDescription:
      'Macros of the build, as `NAME` or `NAME=VALUE`. They decide `#if` branches: with `NDIS630_MINIPORT=1` the code for other NDIS versions is left out of the analysis.',
  },
  rules: {
    type: 'object',
    scope: 'resource',
    default: {},
    additionalProperties: { type: 'string', enum: SEVERITIES },
    markdownDescription:
      'Severity by rule id, or `off`: `{ "header-type-mismatch": "off", "size-not-versioned": "hint" }`. Ids are listed in the README and by `driverentry rules`.',
  },
  configuration: {
    type: 'string',
    scope: 'resource',
    default: '',
    markdownDescription:
      'Build configuration and platform, as `Release|x64`. Its platform decides `_WIN64`, `_M_ARM64` and their like.',
  },
  exclude: {
    type: 'array',
    scope: 'resource',
    default: [],
    items: { type: 'string' },
    markdownDescription: 'Glob patterns of files that are never analysed, such as `**/third_party/**`.',
  },
  'trace.server': {
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
}

export const DEFAULT_SETTINGS: Settings = {
  defines: new Map(),
  rules: new Map(),
  configuration: '',
  exclude: [],
};

/** Macros that the compiler itself defines, by platform name as MSBuild spells it. */
const PLATFORM_DEFINES: Readonly<Record<string, readonly string[]>> = {
  x64: ['_WIN64', '_M_AMD64', '_M_X64', '_AMD64_'],
  win32: ['_M_IX86', '_X86_'],
  arm64: ['_WIN64', '_M_ARM64', '_ARM64_'],
  arm: ['_M_ARM', '_ARM_'],
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
  const platform = configuration.split('|')[1]?.trim().toLowerCase() ?? '';
  for (const name of PLATFORM_DEFINES[platform] ?? []) if (!defines.has(name)) defines.set(name, '1');
  if (platform !== '' && !PLATFORM_DEFINES[platform])
    problems.push(
      `setting driverentry.configuration: unknown platform "${configuration.split('|')[1]}"; known are x64, Win32, ARM64, ARM`,
    );

  return {
    settings: { defines, rules, configuration, exclude: strings('exclude').map(globToRegExp) },
    problems,
  };
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
