/** The commands that package.json contributes. */
export const RESTART_SERVER = 'driverentry.restartServer';
export const SHOW_OUTPUT = 'driverentry.showOutput';
