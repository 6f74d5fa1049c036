/** The commands that package.json contributes. */
export const RESTART_SERVER = 'driverentry.restartServer';
export const SELECT_CONFIGURATION = 'driverentry.selectConfiguration';
export const SHOW_OUTPUT = 'driverentry.showOutput';
