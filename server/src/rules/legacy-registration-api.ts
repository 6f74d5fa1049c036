import { defineRule } from './rule.ts';
import { isOlderBuild } from './support/old-builds.ts';

export default defineRule({
  id: 'legacy-registration-api',
  severity: 'error',
  stage: 'stable',
  summary: 'A registration call of NDIS 5 or older, which current kits and systems do not have.',
  why: 'NDIS 5 registrations are not declared for NDIS 6 builds, and current versions of Windows do not load drivers that use them. The registration, its table and the data path all changed; this is a port, not a rename.',
  silent:
    'The driver has a function of that name itself, the call stands in an undecided `#if`, or the build asks for NDIS 5 and nothing newer.',
  pages: ['network/ndis-6-30-backward-compatibility'],
  *check(context) {
    const { facts, catalog } = context;
    if (isOlderBuild(context)) return;
    for (const call of facts.calls) {
      const entry = catalog.replaced.get(call.name);
      if (!entry || facts.functions.has(call.name) || call.branch.some((branch) => branch.of.startsWith('#')))
        continue;
      yield {
        at: call.nameRange,
        message: `'${call.name}' is ${entry.version.toLowerCase()}; use '${entry.by}'`,
        help: 'NDIS 6 builds do not declare it, and current systems do not load drivers that import it',
        page: entry.page,
      };
    }
  },
});
