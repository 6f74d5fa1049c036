/**
 * The shape of a catalogue file, as types. `catalog.schema.json` says the same for editors and for the test
 * that validates every file; change both together.
 *
 * A file is a bag of entries. By convention it holds one registration call with everything only that call
 * needs; what a family shares stands in the family's `shared.json`. All texts are our own sentences, written
 * for a driver author; `page` links to the documentation that states the fact.
 */
export interface CatalogFile {
  /** Folder name: `ndis`, `hid`, `wdm`. */
  readonly family: string;
  readonly calls?: readonly CallEntry[];
  readonly structures?: readonly StructureEntry[];
  readonly roles?: readonly RoleEntry[];
  readonly constants?: readonly ConstantEntry[];
  readonly statuses?: readonly StatusEntry[];
  readonly macros?: readonly BuildMacroEntry[];
  readonly models?: readonly ModelEntry[];
  readonly versions?: readonly VersionEntry[];
  readonly objects?: readonly ObjectEntry[];
  readonly entryPoints?: readonly EntryPointEntry[];
  readonly replaced?: readonly ReplacedEntry[];
  readonly infSettings?: readonly InfSettingEntry[];
  readonly driverKinds?: readonly DriverKindEntry[];
}

/** Path below `https://learn.microsoft.com/windows-hardware/drivers/`. */
export type Page = string;
/** Identifier exactly as the header spells it. */
export type Name = string;
/** Registered version `major.minor` with the decimal minor that the field holds: `6.0`, `6.1`, `6.20`. */
export type Version = string;
export type Level = 'PASSIVE_LEVEL' | 'APC_LEVEL' | 'DISPATCH_LEVEL' | 'DIRQL' | 'HIGH_LEVEL';
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** IRQL at which a function may be called, or is called. */
export interface Irql {
  readonly max: Level;
  /** True when the level is always exactly `max`. */
  readonly exact?: boolean;
  readonly note?: string;
}

/**
 * A test over what is known of the driver. A list of conditions means "any of these".
 * A condition whose facts are unknown is neither true nor false, and a rule stays silent.
 */
export type Condition =
  /** The member is set to something other than null / zero / FALSE. */
  | { readonly set: Name }
  /** The flags member contains the named flag. */
  | { readonly member: Name; readonly has: Name }
  /** The member has this value (`TRUE`, a constant). */
  | { readonly member: Name; readonly is: Name }
  /** The driver belongs to the model. */
  | { readonly model: Name }
  /** The driver's code calls one of these functions. */
  | { readonly calls: readonly Name[] };

// ---------------------------------------------------------------------------------------------- functions

/** What a call is for, in the life of a registration. */
export type CallPurpose = 'register' | 'undo' | 'associate' | 'service';

export interface CallEntry {
  readonly name: Name;
  readonly purpose: CallPurpose;
  /** One or two sentences. */
  readonly summary: string;
  readonly page: Page;
  readonly header: string;
  readonly library?: string;
  readonly platform?: string;
  /** First version, as an author says it: `NDIS 6.0 (Windows Vista)`. */
  readonly since: string;
  /** Static Driver Verifier / DDI compliance rules that look at this call. */
  readonly compliance?: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly returns: Returns;
  readonly irql: Irql;
  /** Where the call belongs. */
  readonly context?: {
    /** Role types of the functions to call it from: `DRIVER_INITIALIZE`, `MINIPORT_INITIALIZE`. */
    readonly roles: readonly Name[];
    readonly text: string;
    /** Roles among these that have a drawback in a driver whose only other registration is the named one. */
    readonly drawbacks?: readonly {
      readonly role: Name;
      readonly onlyWith: Name;
      /** Completes the sentence `'Call' in Role: ...`. */
      readonly because: string;
      readonly severity: Severity;
    }[];
  };
  /** What must have happened before; what happens during the call; what must follow. One sentence each. */
  readonly before?: readonly string[];
  readonly during?: readonly string[];
  readonly after?: readonly string[];
  /** Traps and contradictions worth knowing. */
  readonly notes?: readonly string[];
  /** Set for purpose `register`. */
  readonly registration?: Registration;
  /** Set for purpose `associate`. */
  readonly association?: Association;
}

/** When a driver must join registrations, and in which order they come. */
export interface Association {
  /** Signs that the registrations whose handles the call takes belong together; any of them. */
  readonly when: readonly Condition[];
  /** Why the call is needed. */
  readonly because: string;
  /** The registrations come in the order of the call's parameters, and why. */
  readonly inOrder?: string;
  /** What is joined, for messages: `miniport and protocol edges`. */
  readonly noun: string;
}

/** What the parameter is to the engine. */
export type ParameterRole =
  | 'driverObject'
  | 'registryPath'
  | 'context'
  | 'table'
  | 'handleOut'
  | 'objectOut'
  /** Takes a handle that another catalogue call or handler hands out: see `handleFrom`. */
  | 'handle';

export interface Parameter {
  readonly name: Name;
  readonly type: string;
  readonly direction: 'in' | 'out' | 'inout';
  readonly optional?: boolean;
  readonly meaning: string;
  readonly role?: ParameterRole;
  /** For role `table`: structures that may be passed; the first is the usual one. */
  readonly structures?: readonly Name[];
  /** For role `handle`: the calls or role types (`MINIPORT_INITIALIZE#0`: its argument 0) that provide it. */
  readonly handleFrom?: readonly string[];
  /** SAL as in the header: `_In_`, `_Out_`, `_In_opt_`. */
  readonly sal?: string;
}

export interface Returns {
  readonly type: string;
  /** `exact`: only a comparison with `success` is right, because a failure code has success severity. */
  readonly test?: 'any' | 'exact';
  readonly success?: Name;
  /** The header demands that the result is looked at. */
  readonly mustCheck?: boolean;
  readonly codes?: readonly ReturnCode[];
}

export interface ReturnCode {
  readonly status: Name;
  readonly meaning: string;
  readonly cause?: string;
  /** Rules whose findings about the call explain this code. */
  readonly foundBy?: readonly CodeEvidence[];
  /** Members whose handler runs inside the call and whose failure becomes this code. */
  readonly through?: readonly Name[];
  /** Causes that no look at the source can find. One sentence each. */
  readonly unseen?: readonly string[];
}

/** Which findings of a rule explain a return code. */
export interface CodeEvidence {
  /** Id of the rule. */
  readonly rule: string;
  /** Only findings about these members, or members inside them: `Header` stands for `Header.Size`, too. */
  readonly members?: readonly string[];
  /** The finding is about this call instead. */
  readonly call?: Name;
}

export interface Registration {
  /** What gets registered, for messages: `miniport driver`. */
  readonly noun: string;
  /**
   * When callbacks can first run. `insideCall`: before the call returns; `afterEntry`: once the entry point
   * returned; `afterStart`: after a second call; `never`: nothing is called back.
   */
  readonly earliestCallback: 'insideCall' | 'afterEntry' | 'afterStart' | 'never';
  /** The callee copies the table, so the caller's variable may be local. */
  readonly copiesTable?: boolean;
  /** `driver`: once, from the entry point. `adapter`: once per adapter. `binding`: per binding or module. */
  readonly lifetime: 'driver' | 'adapter' | 'binding';
  /** Out handle must outlive the function. */
  readonly keepHandle?: boolean;
  readonly undo?: {
    /** The undo call; absent when none exists. */
    readonly call?: Name;
    /** Argument of the undo call that takes the handle. */
    readonly argument?: number;
    /** Table member or object slot whose function must do it: `UnloadHandler`, `DriverUnload`. */
    readonly from?: readonly string[];
    /** One or two sentences for the hover. */
    readonly text: string;
  };
  /** Slots of the driver object that must be filled before the call. */
  readonly objectSlots?: readonly ObjectSlotNeed[];
  /** A driver may do without it and go on when it is refused. */
  readonly isExtra?: boolean;
  /** The callee replaces entry points in the driver object. */
  readonly takesOverDriverObject?: boolean;
  /** Nothing that can fail should follow: there is no way back, or handlers run at once. */
  readonly isLastStep?: boolean;
}

export interface ObjectSlotNeed {
  /** `DriverUnload`, `DriverExtension->AddDevice`, `MajorFunction[IRP_MJ_PNP]`. */
  readonly slot: string;
  readonly role: Name;
  readonly severity: Severity;
  readonly because: string;
}

/** A function the driver writes and the system calls: a function type, never the pointer typedef. */
export interface RoleEntry {
  readonly name: Name;
  /** Readable name: `MiniportPause`. Also the stem of a suggested function name, its family word removed. */
  readonly title: string;
  /** Stem for names in code, without any prefix: `Pause` gives `MPPause`, `MyPause`. */
  readonly stem: string;
  /** Pointer typedef of the table member. */
  readonly pointer?: Name;
  /** A role type with the same prototype that may stand in its place (`SET_OPTIONS`). */
  readonly sameAs?: readonly Name[];
  readonly summary: string;
  readonly page: Page;
  readonly returns: string;
  readonly parameters: readonly {
    readonly name: Name;
    readonly type: string;
    readonly sal: string;
    readonly meaning?: string;
  }[];
  readonly irql: Irql;
  readonly since: string;
  /** Roles that belong together with this one: Pause with Restart. */
  readonly partners?: readonly Name[];
  /** Further facts: what it must do, may not do. One sentence each. */
  readonly notes?: readonly string[];
  /** A body that compiles: C statements, one per line, after the parameters were marked unreferenced. */
  readonly stub: readonly string[];
}

// --------------------------------------------------------------------------------------------- structures

export interface StructureEntry {
  readonly name: Name;
  readonly tag?: Name;
  readonly pointers: readonly Name[];
  readonly summary: string;
  readonly page: Page;
  readonly header: string;
  readonly since: string;
  /** Message noun: `miniport`, `protocol`. */
  readonly noun: string;
  /** True when the documents demand zeroing; otherwise unset members are reported one by one. */
  readonly mustZero: boolean;
  /** Names of the zeroing routine that the samples of this family use: `NdisZeroMemory`. */
  readonly zeroWith: Name;
  readonly objectHeader?: ObjectHeader;
  readonly version?: StructureVersion;
  /** Its members whose type is a structure lie over one another, each beginning with the same header. */
  readonly isUnion?: boolean;
  /** In declaration order, so that positional initialisers resolve. Nested members by value are paths. */
  readonly members: readonly MemberEntry[];
  readonly pairs?: readonly PairEntry[];
  readonly notes?: readonly string[];
  /** Role types of the functions that may pass this structure, when that depends on the structure. */
  readonly registerFrom?: readonly Name[];
  /** Its place in an order of calls; for structures that a service call takes one after the other. */
  readonly order?: StructureOrder;
}

/** What comes after a structure has been passed, and who must pass it. */
export interface StructureOrder {
  /** Role types of the functions whose ways are looked at. */
  readonly in: readonly Name[];
  /** Calls that need it first. */
  readonly beforeCalls?: readonly Name[];
  /** Structures of the same service call that come after it. */
  readonly beforeStructures?: readonly Name[];
  readonly because: string;
  /** A function that passes this structure must pass this one, too, before it succeeds. */
  readonly requiredWith?: Name;
  readonly requiredBecause?: string;
  /** Other rules hold for drivers of these models, or with functions of these roles. */
  readonly exceptModels?: readonly Name[];
  readonly exceptRoles?: readonly Name[];
}

/** A leading `NDIS_OBJECT_HEADER` (or its like) and the values that fit. */
export interface ObjectHeader {
  readonly member: Name;
  readonly type: Name;
  /** Other type constants that load fine; they get an information only. */
  readonly toleratedTypes?: readonly Name[];
  readonly revisions: readonly {
    readonly revision: number;
    readonly constant: Name;
    readonly size: Name;
    /** First registered version whose build has this revision. */
    readonly since: Version;
  }[];
}

export interface StructureVersion {
  readonly major: Name;
  readonly minor: Name;
  /** Key into `VersionEntry.revisions` and `.macros`: `miniport`, `protocol`, `filter`. */
  readonly kind: string;
  /** Header-owned macros with the build's version: offered by quick fixes, never defined by them. */
  readonly majorMacro: Name;
  readonly minorMacro: Name;
  /** The same for the lowest version that the build asks for. */
  readonly minimumMajorMacro: Name;
  readonly minimumMinorMacro: Name;
}

export type Need =
  /** Must be set on every path. */
  | 'required'
  /** Set by every sample, but the documents disagree: a warning. */
  | 'soft'
  /** Needed under `requiredWhen` only. */
  | 'conditional'
  | 'optional'
  /** Owned by the system, or must stay zero. */
  | 'reserved'
  /** Written by the callee. */
  | 'output';

export interface MemberEntry {
  /** `PauseHandler`; a by-value nested member is a path: `Header.Type`. */
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
  readonly need: Need;
  /** The exact condition in words, shown on hover for every need but plain required and optional. */
  readonly condition?: string;
  readonly requiredWhen?: readonly Condition[];
  /** The requirement falls away under any of these. */
  readonly excusedWhen?: readonly Condition[];
  readonly forbiddenWhen?: readonly {
    readonly when: Condition;
    readonly because: string;
    readonly severity: Severity;
    readonly page: Page;
  }[];
  /** What the system does when it is missing. */
  readonly ifMissing?: string;
  /** Handler members: role type of the function. */
  readonly role?: Name;
  /** Structure revision that introduced the member; 1 when absent. */
  readonly revision?: number;
  readonly since?: Version;
  /** What the value must be; `values` when several rules apply. */
  readonly value?: ValueRule;
  readonly values?: readonly ValueRule[];
  /** What the INF file of the driver must say as well. */
  readonly inf?: InfEquality;
  /** Names that authors and old texts use for it: offered as did-you-mean. */
  readonly alsoKnownAs?: readonly Name[];
}

/** A member whose string must equal one in the INF file; case does not matter. */
export interface InfEquality {
  /** Settings of the INF file that all hold the string: see `InfSettingEntry.name`. */
  readonly equals: readonly string[];
  /** Settings that repeat the string, and change with it. */
  readonly repeatedIn?: readonly string[];
  /** Classes of the INF files that install such a driver; others are about something else. */
  readonly classes: readonly string[];
  /** What the system does when they differ. */
  readonly because: string;
}

/** What a value must be. Reported only for values that are literally something else. */
export type ValueRule =
  | { readonly kind: 'constant'; readonly name: Name; readonly value: number; readonly because: string }
  | { readonly kind: 'zero'; readonly because: string }
  /** Zero or named flags; a non-zero literal is reported. */
  | { readonly kind: 'flags'; readonly flags: readonly Name[]; readonly because: string }
  | {
      readonly kind: 'notSizeof';
      readonly types: readonly Name[];
      readonly because: string;
      readonly suggestion: string;
    }
  /** A string literal of the form `{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}`. */
  | { readonly kind: 'bracedGuid'; readonly because: string }
  /** Two flags that exclude each other. */
  | {
      readonly kind: 'exclusiveFlags';
      readonly flags: readonly [Name, Name];
      readonly because: string;
      readonly page: Page;
    }
  /** Flags needed under a condition. */
  | {
      readonly kind: 'neededFlag';
      readonly flag: Name;
      readonly when: Condition;
      readonly because: string;
      readonly page: Page;
    };

/** When `if` is set, every member of `then` must be set. Write two entries for a mutual pair. */
export interface PairEntry {
  readonly if: Condition;
  readonly then: readonly Name[];
  readonly because: string;
  readonly page: Page;
}

// ------------------------------------------------------------------------------------------------- values

export interface ConstantEntry {
  readonly name: Name;
  readonly kind: 'flag' | 'objectType' | 'revision' | 'size' | 'version' | 'value';
  /** As the header writes it: `0x8A`, `1`; absent when it depends on the build (`sizeof`). */
  readonly value?: string;
  /** Structure it belongs to. */
  readonly of?: Name;
  readonly summary: string;
  readonly page: Page;
  readonly since?: string;
}

export interface StatusEntry {
  readonly name: Name;
  /** Eight hex digits: `0xC0010005`. */
  readonly value: string;
  readonly sameAs?: readonly Name[];
  readonly meaning: string;
  /** What `NT_SUCCESS` says. */
  readonly ntSuccess: boolean;
  readonly page: Page;
  readonly notes?: readonly string[];
}

/** A macro that the build defines, or that a header owns. */
export interface BuildMacroEntry {
  readonly name: Name;
  readonly owner: 'build' | 'header';
  readonly summary: string;
  readonly page: Page;
  /** Owner `header`: a `#define` of it in driver code is wrong; use this instead. */
  readonly insteadDefine?: string;
  /** Only these values are wrong to define (`BINARY_COMPATIBLE` other than 0). */
  readonly allowedValues?: readonly string[];
  /** Defining it makes the compiler stop, or it exists only as a typo in texts. */
  readonly wrong?: 'headerOwned' | 'notAMacro' | 'unsupported';
  /** Structure kinds for which it asks for a version older than all that the version table has. */
  readonly olderVersionOf?: readonly string[];
}

export interface VersionEntry {
  readonly version: Version;
  readonly major: number;
  readonly minor: number;
  readonly os: string;
  readonly ntddi: string;
  /** Needed header revision by structure kind. */
  readonly revisions: Readonly<Record<string, number>>;
  /** Build macro by structure kind. */
  readonly macros: Readonly<Record<string, Name>>;
  /** Header-owned macro that is 1 in builds for this version or a newer one, else 0. */
  readonly supportMacro?: Name;
}

/** A driver model that changes obligations, and how to recognise it. */
export interface ModelEntry {
  readonly name: Name;
  readonly title: string;
  readonly summary: string;
  readonly page: Page;
  readonly evidence: {
    /** One of these functions is called. */
    readonly calls?: readonly Name[];
    /** One of these structure types is used. */
    readonly structures?: readonly Name[];
    /** One of these macros is defined. */
    readonly macros?: readonly Name[];
    /** One of these headers is included. */
    readonly headers?: readonly string[];
  };
  /** Registrations that such a driver must not make. */
  readonly excludes?: readonly {
    readonly call: Name;
    readonly because: string;
    readonly page: Page;
    /** The call to use. */
    readonly instead?: Name;
  }[];
}

/** An object the system hands to the driver, with slots to fill: `DRIVER_OBJECT`. */
export interface ObjectEntry {
  readonly name: Name;
  readonly tag?: Name;
  readonly pointers: readonly Name[];
  readonly summary: string;
  readonly page: Page;
  readonly slots: readonly {
    /** `DriverUnload`, `DriverExtension->AddDevice`, `MajorFunction[]` (indexed). */
    readonly name: string;
    readonly role: Name;
    readonly meaning: string;
    readonly page: Page;
    readonly stem?: string;
  }[];
}

/** The function that the system calls first, by name. */
export interface EntryPointEntry {
  readonly function: Name;
  readonly role: Name;
  /** Parameter index by role. */
  readonly driverObject: number;
  readonly registryPath: number;
  readonly summary: string;
  readonly page: Page;
  /** Other correct signatures (port drivers), as `return(type, type)` with spaces removed. */
  readonly otherSignatures?: readonly string[];
  readonly notes?: readonly string[];
}

/** A line of an INF file that says something about a driver's registration. */
export interface InfSettingEntry {
  /** Directive, or registry value with its key: `NetCfgInstanceId`, `Ndi\\Service`. */
  readonly name: string;
  /** One or two sentences. */
  readonly summary: string;
  readonly page: Page;
  /** Classes of the INF files in which it means this; any when absent. */
  readonly classes?: readonly string[];
  /** Values that the documents list. */
  readonly values?: readonly { readonly value: string; readonly meaning: string }[];
  /** No other value is right. */
  readonly closed?: boolean;
}

/** A kind of driver that can be made anew. In its texts stand `@NAME@`, `@GUID@` and `@TITLE@` for what is chosen. */
export interface DriverKindEntry {
  /** As in the names of the scaffolds: `ndis-filter`. */
  readonly name: string;
  readonly title: string;
  /** One sentence for those who choose. */
  readonly summary: string;
  readonly page: Page;
  readonly defaultName: string;
  /** Import libraries of the kit. */
  readonly libraries: readonly string[];
  /** Macros of the project besides those of the version. */
  readonly defines?: readonly string[];
  /** Files of the split layout: the functions whose name, without the driver's, the pattern finds; the first wins. */
  readonly parts: readonly { readonly file: string; readonly functions: string }[];
  readonly infs: readonly { readonly file: string; readonly text: readonly string[] }[];
}

/** An API of an older version with its replacement. */
export interface ReplacedEntry {
  readonly name: Name;
  readonly by: string;
  readonly version: string;
  readonly page: Page;
}

// --------------------------------------------------------------------------------------------- the C side

/** How drivers write common things in C: `idioms.json`. No entry of it is a registration API. */
export interface Idioms {
  /** Calls that zero memory: argument indexes; `value` is an argument that must be 0 (`memset`). */
  readonly zeroing: readonly { readonly name: Name; readonly pointer: number; readonly value?: number }[];
  /** Calls that copy memory. */
  readonly copying: readonly { readonly name: Name; readonly to: number; readonly from: number }[];
  readonly zeroingAllocators: readonly Name[];
  readonly plainAllocators: readonly Name[];
  /** Macro that silences the warning about an unused parameter. */
  readonly unreferenced: Name;
  /** Macros that ask whether a status is a success, or a failure. */
  readonly successMacros: readonly Name[];
  readonly failureMacros: readonly Name[];
  readonly null: readonly Name[];
  readonly true: readonly Name[];
  readonly false: readonly Name[];
  /** Macros that make a counted string from a literal. */
  readonly stringConstants: readonly Name[];
  /** Calls that make a counted string of a literal: argument indexes. */
  readonly stringSetters: readonly { readonly name: Name; readonly to: number; readonly from: number }[];
  /** Macros that declare a counted string with its text: argument indexes. */
  readonly stringDeclarations: readonly {
    readonly name: Name;
    readonly variable: number;
    readonly text: number;
    /** Type of the variable. */
    readonly type: Name;
  }[];
  /** Groups of type spellings that are one type to the compiler. */
  readonly sameTypes: readonly (readonly string[])[];
  /** Section names and pragmas that place code. */
  readonly sections: {
    readonly discardable: readonly string[];
    readonly pageable: readonly string[];
    /** `#pragma NAME(FUNCTION)` for discardable code. */
    readonly discardablePragmas: readonly Name[];
  };
  /** Calls that raise the IRQL or take a spin lock, with their counterpart. */
  readonly raising: readonly { readonly raise: Name; readonly lower: Name }[];
  /** Headers of the kit: they declare nothing of the driver's own. Names in lower case. */
  readonly systemHeaders: readonly string[];
  /** Calls that only read through their pointer arguments (tracing, assertions): a table survives them. */
  readonly readOnly: readonly Name[];
  /** Calls that make an object of the driver ready for use: locks, lists, events, lookaside lists. */
  readonly initialisers: readonly { readonly name: Name; readonly argument: number }[];
  /** The same, with the object as result. */
  readonly initialisingResults: readonly Name[];
  /** Calls that end the life of such an object, or free memory. */
  readonly releases: readonly { readonly name: Name; readonly argument: number }[];
  /** Names of macros and helpers that, by their name alone, make the object in argument 0 ready, or release it. */
  readonly readyPatterns: readonly string[];
  /** Of those that make ready: names of the ones for locks and lists, which nearly always are for other threads. */
  readonly sharedState: string;
  readonly releasePatterns: readonly string[];
  /** Calls that never come back. */
  readonly noReturn: readonly Name[];
  /** Status codes beyond those of the catalogue: zero, of success or information severity, and the rest by pattern. */
  readonly statuses: {
    readonly success: readonly Name[];
    readonly neutral: readonly Name[];
    /** Work goes on after the return: no entry point may say so. */
    readonly pending: readonly Name[];
    /** Failures that say nothing. */
    readonly generic: readonly Name[];
    readonly failure: string;
  };
  /** Names of functions and macros that turn one kind of status into another and keep success and failure apart. */
  readonly statusConversions: string;
  /** Names that belong to the system: a function so named that the driver does not define cannot undo anything for it. */
  readonly kernelFunctions: string;
  /** Statements that copy a counted string into memory of its own, with `{to}` and `{from}` for the two strings. */
  readonly copyString: readonly string[];
  /** Types of functions that may return the status of these statements. */
  readonly statusTypes: readonly Name[];
  /** Members and slots whose function the system calls to unload the driver. */
  readonly unloadSlots: readonly Name[];
}

/** Words to blank before parsing: `words.json`. */
export interface MaskWords {
  /** Blanked with the parenthesised argument list that follows, if one does. Regular expressions on the word. */
  readonly annotations: readonly string[];
  /** Blanked alone. */
  readonly bare: readonly Name[];
  /** Blanked with their argument list; they stand without a semicolon as a statement or declaration. */
  readonly statements: readonly Name[];
}
