/** `Release|x64` in two; either half may be empty. */
export function splitConfiguration(text: string): { readonly name: string; readonly platform: string } {
  const [name = '', platform = ''] = text.split('|');
  return { name: name.trim(), platform: platform.trim() };
}

const PREFERRED = { name: 'debug', platform: 'x64' } as const;

/** True when the offer is what the user asked for: both halves, or the half that was given. */
export function isWanted(offer: string, wanted: string): boolean {
  const want = splitConfiguration(wanted.toLowerCase());
  const have = splitConfiguration(offer.toLowerCase());
  return (
    (want.name === '' || want.name === have.name) && (want.platform === '' || want.platform === have.platform)
  );
}

/**
 * The configuration to look at: the one that is wanted, else `Debug|x64`, else the first for x64, else the
 * first. Half a wish (`Release`, `|ARM64`) is enough.
 */
export function pickConfiguration(offers: readonly string[], wanted: string): string | undefined {
  const fitting = wanted.trim() === '' ? [] : offers.filter((offer) => isWanted(offer, wanted));
  const among = fitting.length > 0 ? fitting : offers;
  const rank = (offer: string): number => {
    const { name, platform } = splitConfiguration(offer.toLowerCase());
    return (platform === PREFERRED.platform ? 0 : 2) + (name === PREFERRED.name ? 0 : 1);
  };
  // Without a wish the author's order decides among the others.
  const coarsest = fitting.length > 0 ? 3 : 2;
  return among.toSorted((a, b) => Math.min(rank(a), coarsest) - Math.min(rank(b), coarsest))[0];
}
