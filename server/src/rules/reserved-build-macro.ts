import { defineRule } from './rule.ts';
import { isOlderBuild } from './support/old-builds.ts';

export default defineRule({
  id: 'reserved-build-macro',
  severity: 'error',
  stage: 'stable',
  summary: 'The driver defines a macro that the system headers own, or a version macro too late.',
  why: "The version macros `NDIS_MINIPORT_MAJOR_VERSION` and their like are set by the header from the build's `NDIS630_MINIPORT`; defining them stops the compiler or gives tables of the wrong size. A version macro behind the include comes too late to count.",
  silent:
    'The definition is guarded by a test for itself, or has a value that is allowed; in builds for NDIS 5 also what only newer builds refuse.',
  pages: ['network/compiling-an-ndis-6-40-driver'],
  *check(context) {
    const { facts, catalog } = context;
    const isOlder = isOlderBuild(context);
    const headers = new Set([...catalog.structures.values()].map((structure) => structure.header));
    const versionMacros = new Set(catalog.versions.flatMap((version) => Object.values(version.macros)));
    for (const define of facts.defines) {
      const macro = catalog.macros.get(define.name);
      if (!macro || define.guarded) continue;
      if (macro.wrong !== undefined) {
        if (macro.allowedValues?.includes(define.body.trim())) continue;
        if (isOlder && macro.wrong === 'unsupported') continue;
        const instead = macro.insteadDefine;
        yield {
          at: define.nameRange,
          // What nothing stands in for is only derived: the compiler may take the driver's value.
          ...(macro.wrong === 'headerOwned' && instead === undefined ? { severity: 'warning' as const } : {}),
          message:
            macro.wrong === 'notAMacro'
              ? `'${define.name}' is not a macro that any header looks at${instead ? `; '${instead}' is` : ''}`
              : `do not define '${define.name}'${instead ? `; define '${instead}' before including the header` : ''}`,
          help: macro.summary,
          page: macro.page,
          fixes: () =>
            instead && /^\w+$/.test(instead)
              ? [
                  {
                    title: `Define ${instead}`,
                    safety: 'suggestion',
                    edits: [
                      {
                        range: { start: define.nameRange.start, end: define.range.end },
                        newText: `${instead} 1`,
                      },
                    ],
                  },
                ]
              : [],
        };
        continue;
      }
      const header = define.after.find((path) => headers.has(path.replace(/^.*[\\/]/, '')));
      if (versionMacros.has(define.name) && header) {
        yield {
          at: define.nameRange,
          message: `'${define.name}' is defined after <${header}> has been included, where it has no effect`,
          help: 'the header has already chosen the version; define it before the include or in the project',
          page: macro.page,
        };
      }
    }
  },
});
