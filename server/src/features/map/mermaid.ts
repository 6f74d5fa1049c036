import type { RegistrationMap } from './model.ts';
export const mapAsMermaid = (map: RegistrationMap): string => map.driver.name;
