import type { RegistrationMap } from './model.ts';
export interface SvgOptions { readonly theme: 'file' | 'page' }
export const mapAsSvg = (map: RegistrationMap, _options: SvgOptions): string => map.driver.name;
