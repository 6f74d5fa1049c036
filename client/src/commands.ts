/** The commands that package.json contributes. */
export const RESTART_SERVER = 'driverentry.restartServer';
export const SELECT_CONFIGURATION = 'driverentry.selectConfiguration';
export const SHOW_OUTPUT = 'driverentry.showOutput';
/** Behind lenses: never in the palette, because it needs places. */
export const SHOW_PLACES = 'driverentry.showPlaces';
