/**
 * Colours are variables: whoever shows the picture may set them. In a file of its own it follows the reader's light or
 * dark scheme.
 */
const LIGHT = {
  bg: '#ffffff',
  card: '#ffffff',
  tint: '#f6f8fa',
  border: '#c6cdd5',
  text: '#1f2328',
  muted: '#59636e',
  line: '#8c959f',
  accent: '#0969da',
  on: '#ffffff',
  good: '#1a7f37',
  bad: '#c62828',
  'bad-tint': '#fff0ee',
  alert: '#9a6700',
  undo: '#8250df',
};

const DARK: typeof LIGHT = {
  bg: '#0d1117',
  card: '#161b22',
  tint: '#1c222b',
  border: '#3d444d',
  text: '#e6edf3',
  muted: '#9198a1',
  line: '#7d8590',
  accent: '#58a6ff',
  on: '#0d1117',
  good: '#3fb950',
  bad: '#ff7b72',
  'bad-tint': '#2b1a1c',
  alert: '#e3b341',
  undo: '#d2a8ff',
};

/** The editor's own colours, whatever the theme; contrast themes draw borders instead of surfaces. */
const EDITOR: typeof LIGHT = {
  bg: 'var(--vscode-editor-background)',
  card: 'var(--vscode-editorWidget-background, var(--vscode-editor-background))',
  tint: 'var(--vscode-sideBarSectionHeader-background, transparent)',
  border:
    'var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-editor-foreground) 26%, transparent))',
  text: 'var(--vscode-editor-foreground)',
  muted: 'var(--vscode-descriptionForeground, var(--vscode-editor-foreground))',
  line: 'color-mix(in srgb, var(--vscode-editor-foreground) 55%, transparent)',
  accent: 'var(--vscode-textLink-foreground)',
  on: 'var(--vscode-editor-background)',
  good: 'var(--vscode-charts-green, var(--vscode-testing-iconPassed))',
  bad: 'var(--vscode-editorError-foreground, var(--vscode-errorForeground))',
  'bad-tint': 'var(--vscode-inputValidation-errorBackground, transparent)',
  alert: 'var(--vscode-editorWarning-foreground)',
  undo: 'var(--vscode-charts-purple, var(--vscode-textLink-foreground))',
};

export type Theme = 'file' | 'editor';

const declare = (colours: typeof LIGHT): string =>
  Object.entries(colours)
    .map(([name, value]) => `--map-${name}:${value}`)
    .join(';');

const use = (name: keyof typeof LIGHT): string => `var(--map-${name})`;

export function styleOf(theme: Theme): string {
  const scheme =
    theme === 'file'
      ? `.driver-map{${declare(LIGHT)}}@media (prefers-color-scheme:dark){.driver-map{${declare(DARK)}}}`
      : `.driver-map{${declare(EDITOR)}}`;
  return [
    scheme,
    `.driver-map .sans,.driver-map .bold{font-family:"Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}`,
    `.driver-map .bold{font-weight:600}`,
    `.driver-map .mono{font-family:"Cascadia Mono",Consolas,Menlo,"DejaVu Sans Mono",monospace}`,
    `.driver-map text{white-space:pre}`,
    `.driver-map .strong{fill:${use('text')}}`,
    `.driver-map .muted{fill:${use('muted')}}`,
    `.driver-map .on{fill:${use('on')}}`,
    ...(['good', 'bad', 'undo', 'accent'] as const).map(
      (name) => `.driver-map text.${name}{fill:${use(name)}}`,
    ),
    `.driver-map .paper{fill:${use('bg')}}`,
    `.driver-map .card{fill:${use('card')};stroke:${use('border')};stroke-width:1}`,
    `.driver-map .card.missing,.driver-map .card.left{stroke:${use('bad')};stroke-width:1.5}`,
    `.driver-map .card.unknown{stroke-dasharray:4 3}`,
    `.driver-map .row{fill:transparent}`,
    `.driver-map .row.missing,.driver-map .row.left{fill:${use('bad-tint')}}`,
    `.driver-map .accent-bar{fill:${use('accent')}}`,
    `.driver-map .rule{stroke:${use('border')};stroke-width:1;fill:none}`,
    `.driver-map .badge{fill:${use('accent')}}`,
    `.driver-map .icon{fill:none;stroke-width:1.3}`,
    `.driver-map .icon.good{stroke:${use('good')}}`,
    `.driver-map .icon.missing,.driver-map .icon.left{stroke:${use('bad')};fill:${use('bad')}}`,
    `.driver-map .icon.unknown{stroke:${use('muted')};stroke-dasharray:2.4 1.8}`,
    `.driver-map .icon.unset{stroke:${use('muted')};opacity:.7}`,
    `.driver-map .icon.alert{stroke:${use('alert')}}`,
    `.driver-map .icon-line{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}`,
    `.driver-map .icon-line.good{stroke:${use('good')}}`,
    `.driver-map .icon-line.missing,.driver-map .icon-line.left{stroke:${use('card')}}`,
    `.driver-map .icon-line.alert{stroke:${use('alert')}}`,
    `.driver-map .icon-line.fails{stroke:${use('muted')}}`,
    `.driver-map .icon-line.undo{stroke:${use('undo')}}`,
    `.driver-map .line{fill:none;stroke-width:1.5}`,
    `.driver-map .halo{fill:none;stroke:${use('bg')};stroke-width:5}`,
    `.driver-map .line.register{stroke:${use('line')}}`,
    `.driver-map .head.register{fill:${use('line')}}`,
    `.driver-map .line.undo{stroke:${use('undo')};stroke-dasharray:5 3}`,
    `.driver-map .head.undo{fill:${use('undo')}}`,
    `.driver-map .chip{fill:none;stroke:${use('border')}}`,
    `.driver-map .chip.stands{stroke:${use('good')}}`,
    `.driver-map .chip.undone{stroke:${use('undo')}}`,
    `.driver-map .chip.left{stroke:${use('bad')};fill:${use('bad-tint')};stroke-width:1.5}`,
    `.driver-map .chip.unknown{stroke:${use('muted')};stroke-dasharray:3 2}`,
  ].join('\n');
}
