/** Macros that the compiler itself or the kit defines, by platform name as MSBuild spells it, in lower case. */
const PLATFORM_DEFINES: Readonly<Record<string, readonly string[]>> = {
  x64: ['_WIN64', '_M_AMD64', '_M_X64', '_AMD64_'],
  win32: ['_M_IX86', '_X86_'],
  arm64: ['_WIN64', '_M_ARM64', '_ARM64_'],
  arm: ['_M_ARM', '_ARM_'],
};

/** For messages. */
export const PLATFORMS = ['x64', 'Win32', 'ARM64', 'ARM'] as const;

/** `x86` is another name of `Win32`; case does not matter. Undefined for a platform nobody knows. */
export function platformNamed(name: string): string | undefined {
  const wanted = name.trim().toLowerCase();
  return PLATFORMS.find((known) => known.toLowerCase() === (wanted === 'x86' ? 'win32' : wanted));
}

/** What a build for the platform defines without being told. */
export const platformDefines = (platform: string | undefined): ReadonlyMap<string, string> =>
  new Map((PLATFORM_DEFINES[platform?.toLowerCase() ?? ''] ?? []).map((name) => [name, '1']));
