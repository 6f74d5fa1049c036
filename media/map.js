// oxlint-disable unicorn/require-post-message-target-origin -- the editor's message channel has no origin
// The page of the registration map: shows the picture it gets, keeps focus, place and zoom while it changes, and lets
// it be walked through by keyboard.
'use strict';

const vscode = acquireVsCodeApi();
const main = document.querySelector('main');
const output = document.querySelector('output');
const empty = document.querySelector('.empty');

const MIN_ZOOM = 0.25;
const MAX_ZOOM = 4;
const STEP = 1.2;
const LEGIBLE = 0.75;

const saved = vscode.getState() ?? {};
/** `fit`: as wide as the page; `auto`: the same, but never too small to read; or a factor. */
let zoom = saved.zoom ?? 'auto';
let focused = saved.focused;
let uri = saved.uri;
let shown = '';
let current;
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];

const svg = () => main.querySelector('svg');
const items = () => [...main.querySelectorAll('[role="treeitem"]')];
const itemOf = (id) => items().find((item) => item.dataset.node === id);
const save = () => vscode.setState({ zoom, focused, uri, left: main.scrollLeft, top: main.scrollTop });

function factor() {
  if (typeof zoom === 'number') return zoom;
  const width = svg()?.viewBox.baseVal.width ?? 1;
  return Math.max(zoom === 'auto' ? LEGIBLE : MIN_ZOOM, Math.min(1, main.clientWidth / width));
}

function resize() {
  const picture = svg();
  if (!picture) return;
  const { width, height } = picture.viewBox.baseVal;
  const scale = factor();
  picture.setAttribute('width', String(width * scale));
  picture.setAttribute('height', String(height * scale));
  output.textContent = `${Math.round(scale * 100)}%`;
}

function setZoom(value) {
  const before = factor();
  zoom = value === 'fit' ? value : Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, value));
  const ratio = factor() / before;
  // What is in the middle stays there.
  const x = (main.scrollLeft + main.clientWidth / 2) * ratio;
  const y = (main.scrollTop + main.clientHeight / 2) * ratio;
  resize();
  main.scrollTo(x - main.clientWidth / 2, y - main.clientHeight / 2);
  save();
}

/** Only one item can be reached by Tab: the one that had the focus last. */
function rove() {
  const all = items();
  const target = all.find((item) => item.dataset.node === focused) ?? all[0];
  for (const item of all) item.tabIndex = item === target ? 0 : -1;
}

function focus(item) {
  if (!item) return;
  focused = item.dataset.node;
  rove();
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  save();
}

function mark() {
  for (const item of items()) {
    const isCurrent = item.dataset.node === current;
    item.classList.toggle('current', isCurrent);
    if (isCurrent) item.setAttribute('aria-current', 'true');
    else item.removeAttribute('aria-current');
  }
}

function show(picture) {
  empty.hidden = picture !== '';
  if (picture === shown) return;
  const isFirst = shown === '';
  shown = picture;
  const hadFocus = main.contains(document.activeElement);
  if (picture === '') {
    main.replaceChildren();
    return;
  }
  const parsed = new DOMParser().parseFromString(picture, 'image/svg+xml').documentElement;
  // The page's policy allows no styles in the text: they are given as a sheet.
  const style = parsed.querySelector('style');
  sheet.replaceSync(style?.textContent ?? '');
  style?.remove();
  const { scrollLeft, scrollTop } = main;
  main.replaceChildren(document.adoptNode(parsed));
  resize();
  if (isFirst) main.scrollTo(saved.left ?? 0, saved.top ?? 0);
  else main.scrollTo(scrollLeft, scrollTop);
  rove();
  mark();
  if (hadFocus) (itemOf(focused) ?? items()[0])?.focus({ preventScroll: true });
}

function go(item) {
  if (item) vscode.postMessage({ type: 'go', id: item.dataset.node });
}

const ACTIONS = {
  in: () => setZoom(factor() * STEP),
  out: () => setZoom(factor() / STEP),
  fit: () => setZoom('fit'),
  export: () => vscode.postMessage({ type: 'export' }),
};

document.querySelector('[role="toolbar"]').addEventListener('click', ({ target }) => {
  ACTIONS[target.closest('button')?.dataset.action]?.();
});

main.addEventListener('click', ({ target }) => {
  const item = target.closest('[role="treeitem"]');
  if (!item) return;
  focus(item);
  go(item);
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { key } = event;
  const item = document.activeElement?.closest('[role="treeitem"]');
  const all = items();
  const at = item ? all.indexOf(item) : -1;
  const moves = {
    ArrowDown: () => all[at + 1],
    ArrowUp: () => all[at - 1],
    ArrowRight: () => all.find((other) => other.dataset.parent === item.dataset.node),
    ArrowLeft: () => itemOf(item.dataset.parent),
    Home: () => all[0],
    End: () => all.at(-1),
  };
  if (key === '+' || key === '=') ACTIONS.in();
  else if (key === '-') ACTIONS.out();
  else if (key === '0') ACTIONS.fit();
  else if (item && moves[key]) focus(moves[key]());
  else if (item && (key === 'Enter' || key === ' ')) go(item);
  else return;
  event.preventDefault();
});

main.addEventListener('focusin', ({ target }) => {
  const item = target.closest('[role="treeitem"]');
  if (!item || item.dataset.node === focused) return;
  focused = item.dataset.node;
  rove();
  save();
});
main.addEventListener('scroll', save, { passive: true });
window.addEventListener('resize', resize);

window.addEventListener('message', ({ data }) => {
  if (data.type === 'map') {
    uri = data.uri;
    show(data.picture);
    save();
  } else if (data.type === 'current') {
    current = data.id;
    mark();
    // Who walks the picture is not moved by the cursor.
    if (!document.hasFocus()) itemOf(current)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
});

vscode.postMessage({ type: 'ready' });
