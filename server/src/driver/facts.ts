import type { Expr, FunctionGraph, Key } from '../flow/graph.ts';
import type { TextRange } from '../text/range.ts';

/**
 * What one file says about its driver: plain data, no tree nodes, so that it may be kept while trees are
 * freed. Collected in one synchronous go by `collect.ts`.
 */
export interface FileFacts {
  readonly uri: string;
  readonly language: 'c' | 'cpp';
  /** Functions declared or defined here and in the headers read for this file. */
  readonly functions: FunctionIndex;
  readonly registrations: readonly RegistrationFact[];
  /** Every call that the catalogue knows or asks about, registrations included, in source order. */
  readonly calls: readonly CallFact[];
  /** Variables of catalogue structure types that this file fills, one per function and place. */
  readonly tables: readonly TableFact[];
  readonly objectWrites: readonly ObjectWrite[];
  /** Entry points defined in this file. */
  readonly entryPoints: readonly EntryPointFact[];
  /** `#define`s of this file that are live. */
  readonly defines: readonly DefineFact[];
  /** Functions placed in a section by a pragma or annotation. */
  readonly placements: readonly PlacementFact[];
  /** Member accesses on catalogue structures, by structure name. */
  readonly memberUses: readonly MemberUse[];
  /** Names of models for which this file holds evidence. */
  readonly models: ReadonlySet<string>;
  /** Every identifier of the file that the catalogue knows. */
  readonly names: ReadonlySet<string>;
  /** Those of the project headers read for it. */
  readonly headerNames: ReadonlySet<string>;
  /** Macros of the catalogue that the file defines or asks for in an `#if`, or that its headers define. */
  readonly macroNames: ReadonlySet<string>;
  readonly suppressions: readonly SuppressionFact[];
  /** The functions it defines as graphs. */
  readonly flows: ReadonlyMap<string, FunctionFlow>;
  /** Variables it defines at file scope, by key. */
  readonly globals: ReadonlyMap<Key, GlobalFact>;
  /** Headers of the project that were read for it. */
  readonly headers: readonly string[];
  /** Member names of the project's own structures, its headers' included. */
  readonly ownMembers: ReadonlySet<string>;
  /** False when the text could not be parsed at all. */
  readonly analysed: boolean;
  /** Every header that may declare functions of the driver was read: what is not declared is not declared. */
  readonly includesRead: boolean;
  /** Where a new file-scope declaration fits: behind the last prototype or include before the first function. */
  readonly declarationsAt: number;
  /** Stretches that no fix may touch: dropped branches, assumed branches. */
  readonly untouchable: readonly TextRange[];
}

/** One function of a file with its graph. */
export interface FunctionFlow {
  readonly fact: FunctionFact;
  /**
   * The same object while the function's text and the declarations around it stay the same; its ranges are relative
   * to `fact.range.start`.
   */
  readonly graph: FunctionGraph;
}

export interface GlobalFact {
  readonly name: string;
  readonly type: string;
  readonly nameRange: TextRange;
  /** What it holds when the driver starts; undefined when that cannot be told. */
  readonly initial: Expr | undefined;
}

/** One alternative of a conditional: an undecided `#if` branch, or an arm of an `if`, `switch` or `?:`. */
export interface Branch {
  /** `#3` for a conditional group, `@120` for the statement at that offset. */
  readonly of: string;
  readonly arm: number;
}

/** Enclosing conditionals, outermost first. */
export type BranchPath = readonly Branch[];

export interface FunctionFact {
  readonly name: string;
  readonly uri: string;
  /** The name in the declaration or definition. */
  readonly nameRange: TextRange;
  /** Whole declaration or definition. */
  readonly range: TextRange;
  readonly kind: 'definition' | 'prototype' | 'role';
  /** For `role`: the role type (`MINIPORT_PAUSE MPPause;`) or pointer typedef misused as one. */
  readonly role?: string;
  /** Range of the role type's name. */
  readonly roleRange?: TextRange;
  /** Return type, words separated by one space, storage class and annotations removed; absent for `role`. */
  readonly returns?: string;
  readonly returnsRange?: TextRange;
  readonly parameters?: readonly ParameterFact[];
  readonly parametersRange?: TextRange;
  readonly isStatic: boolean;
  /** Annotations in front of it that name an IRQL or function class, as written. */
  readonly annotations: readonly string[];
  readonly hasBody: boolean;
  /** Offsets of the body's braces, for definitions in the file itself. */
  readonly body?: TextRange;
  readonly branch: BranchPath;
  /** Inside `extern "C"`, or C. */
  readonly cLinkage: boolean;
}

export interface ParameterFact {
  /** `PVOID`, `PBOOLEAN`, `struct _X *`: words separated by one space. */
  readonly type: string;
  readonly name: string | undefined;
  readonly range: TextRange;
}

/** Functions by name; a name may have a role declaration, prototypes and a definition. */
export type FunctionIndex = ReadonlyMap<string, readonly FunctionFact[]>;

/** A value as far as the text tells. */
export type Value =
  | { readonly kind: 'null' }
  | { readonly kind: 'number'; readonly number: number }
  /** A name that is not a known macro of the project: constant, function or variable. */
  | { readonly kind: 'name'; readonly name: string; readonly addressOf: boolean }
  /** `A | B`, in order; names only. */
  | { readonly kind: 'flags'; readonly names: readonly string[] }
  | { readonly kind: 'sizeof'; readonly of: string }
  | { readonly kind: 'string'; readonly text: string }
  /** Something that cannot be told here: extern, call, macro with several meanings. */
  | { readonly kind: 'unknown' };

export interface ValueFact {
  readonly value: Value;
  /** The expression as written. */
  readonly text: string;
  readonly range: TextRange;
}

/** A variable or something reached from one: `chars`, `ctx->Chars`. */
export interface Place {
  /** Variable the path starts at. */
  readonly root: string;
  /** Members from there on; `.` and `->` are not told apart. */
  readonly path: readonly string[];
}

export type Storage = 'automatic' | 'static' | 'global' | 'parameter' | 'unknown';

export interface ArgumentFact extends ValueFact {
  /** Where the argument points (`&chars`, `chars` as array or pointer), if that is a place. */
  readonly place?: Place;
  readonly storage: Storage;
  /** Declared type of the place's root, when it is visible here. */
  readonly rootType?: string;
  /** Index when the argument is a bare parameter of the enclosing function. */
  readonly parameter?: number;
}

export type ResultUse =
  /** Expression statement. */
  | 'ignored'
  /** `(void)call()` */
  | 'discarded'
  | 'assigned'
  | 'returned'
  /** Used in a larger expression, such as a condition. */
  | 'used';

export interface CallFact {
  readonly name: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly arguments: readonly ArgumentFact[];
  /** Enclosing function's name. */
  readonly inFunction: string;
  /** The statement the call stands in. */
  readonly statement: TextRange;
  readonly result: ResultUse;
  /** Variable that takes the result, as written. */
  readonly resultVariable?: string;
  readonly branch: BranchPath;
}

export interface RegistrationFact {
  readonly call: CallFact;
  /** Tables passed, by argument index. */
  readonly tables: ReadonlyMap<number, TableFact>;
}

/** State of a structure variable at a point: at the registration call, or at the end of the function. */
export interface TableFact {
  readonly structure: string;
  /** How the author reaches members: `chars.`, `ctx->Chars.`, `chars->`. */
  readonly accessor: string;
  /** For messages: `chars`, `ctx->Chars`. */
  readonly display: string;
  readonly inFunction: string;
  readonly storage: Storage;
  /** Range to blame: the argument of the call, or the declaration. */
  readonly at: TextRange;
  readonly atCall: CallFact | undefined;
  readonly declaration?: {
    readonly range: TextRange;
    /** Name in its declarator. */
    readonly nameRange: TextRange;
    readonly initialiser?: TextRange;
  };
  /** How unset members got their zero; undefined when nothing zeroes them. */
  readonly zeroed?: {
    readonly how: 'initialiser' | 'call' | 'static' | 'allocation' | 'copy' | 'macro';
    readonly range: TextRange;
    /** Members were written before and are lost. */
    readonly discards?: TextRange;
  };
  /** Member writes that can reach the point, in order of execution. */
  readonly writes: readonly SlotWrite[];
  /** False when code that cannot be seen may have set members: absence then proves nothing. */
  readonly isFullyKnown: boolean;
  /** Variable that it is a copy of and that other files may change: without one that does, copied members are sure. */
  readonly copyOf?: Key;
}

export interface SlotWrite extends ValueFact {
  /** `PauseHandler`, `Header.Type`. */
  readonly slot: string;
  /** What was written to: the member's name, or the value in an initialiser. */
  readonly target: TextRange;
  /** Smallest statement or initialiser item to insert after. */
  readonly statement: TextRange;
  /** `copied`: in the initialiser of a variable that the table is a copy of. */
  readonly form: 'assignment' | 'designated' | 'positional' | 'copied';
  /** Where the variable that it copies gets its value, when that is known. */
  readonly origin?: TextRange;
  /** How the member was reached there: `chars.`, `Table->`, empty in an initialiser. */
  readonly accessor: string;
  /** Written in another function that got the table's address. */
  readonly inHelper: boolean;
  readonly branch: BranchPath;
}

export interface ObjectWrite extends ValueFact {
  /** `DriverUnload`, `MajorFunction[IRP_MJ_PNP]`, `MajorFunction[*]` for a loop or fill. */
  readonly slot: string;
  readonly target: TextRange;
  readonly statement: TextRange;
  readonly inFunction: string;
  readonly branch: BranchPath;
}

export interface EntryPointFact {
  readonly definition: FunctionFact;
  /** Catalogue name: `DriverEntry`. */
  readonly entry: string;
  /** Calls that receive the driver object and whose bodies are not visible here. */
  readonly escapes: readonly TextRange[];
  /** Functions of this file that receive the driver object from it. */
  readonly helpers: readonly string[];
}

export interface DefineFact {
  readonly name: string;
  readonly body: string;
  readonly nameRange: TextRange;
  readonly range: TextRange;
  readonly guarded: boolean;
  /** Angle or quoted includes that stand before it, by file name in lower case. */
  readonly after: readonly string[];
}

export interface PlacementFact {
  readonly function: string;
  readonly section: string;
  readonly kind: 'discardable' | 'pageable' | 'other';
  readonly range: TextRange;
  /** Range of the section's name inside the pragma. */
  readonly sectionRange: TextRange;
}

export interface MemberUse {
  readonly structure: string;
  readonly member: string;
  readonly range: TextRange;
}

export interface SuppressionFact {
  readonly rules: readonly string[];
  readonly scope: 'line' | 'file';
  /** Zero-based line that is covered; for scope `file` the whole file. */
  readonly line: number;
  readonly range: TextRange;
  readonly ruleRanges: readonly TextRange[];
}
