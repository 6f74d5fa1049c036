import type { Key } from '../../flow/graph.ts';
import type { FunctionId } from './functions.ts';
import type { Held, Spot, StoryStep } from './memory.ts';

/** Something that happens on a way through the driver and that a rule may find wrong. */
export type Observation =
  /** The function fails, and the registration still stands. */
  | {
      readonly kind: 'left-registered';
      readonly root: FunctionId;
      readonly held: Held;
      /** The statement that leaves: a jump behind the last test, or the return. */
      readonly at: Spot;
      readonly story: readonly StoryStep[];
    }
  /** The function succeeds although the registration, which stands on other ways, was taken back on this one. */
  | {
      readonly kind: 'success-after-undo';
      readonly root: FunctionId;
      readonly held: Held;
      readonly at: Spot;
      readonly story: readonly StoryStep[];
    }
  /** The function succeeds although the registration was refused. */
  | {
      readonly kind: 'success-after-failure';
      readonly root: FunctionId;
      readonly held: Held;
      readonly at: Spot;
      readonly story: readonly StoryStep[];
      /** It does not go on as it does when the registration stands, but leaves out further ones. */
      readonly isGivenUp: boolean;
    }
  /** The function fails with another constant than the status of the refused registration. */
  | { readonly kind: 'status-replaced'; readonly held: Held; readonly at: Spot; readonly constant: string }
  /** Nobody looks at the status of the call. */
  | {
      readonly kind: 'unchecked';
      readonly held: Held;
      readonly isIgnored: boolean;
      /** The call of a helper that returns it. */
      readonly by?: { readonly at: Spot; readonly callee: string };
    }
  /** An object is made ready although handlers of the registration may already run. */
  | { readonly kind: 'ready-late'; readonly held: Held; readonly key: Key; readonly at: Spot }
  | { readonly kind: 'undone-twice'; readonly call: string; readonly at: Spot; readonly first: Spot }
  /** An undo on a way on which nothing is registered; `held` when the registration was refused there. */
  | {
      readonly kind: 'undone-unregistered';
      readonly call: string;
      readonly at: Spot;
      readonly held: Held | undefined;
      readonly story: readonly StoryStep[];
    }
  /** An object is released before the undo whose callbacks may still use it. */
  | {
      readonly kind: 'released-early';
      readonly call: string;
      readonly key: Key;
      readonly at: Spot;
      readonly undo: Spot;
    }
  /** An object is released on a way on which it was never made ready. */
  | {
      readonly kind: 'released-unready';
      readonly key: Key;
      readonly at: Spot;
      readonly story: readonly StoryStep[];
    }
  /** A second registration overwrites the handle of one that stands, or repeats one that has no handle. */
  | { readonly kind: 'registered-again'; readonly first: Held; readonly at: Spot; readonly call: string }
  /** The function does not fail, the registration stands, and its handle is in a local variable of it. */
  | { readonly kind: 'handle-in-local'; readonly root: FunctionId; readonly held: Held; readonly at: Spot }
  /** The table is written although it has been registered already, and is not registered again. */
  | { readonly kind: 'late-write'; readonly held: Held; readonly at: Spot }
  /** A slot of the driver object is written although the class driver has taken the object over. */
  | { readonly kind: 'late-slot'; readonly held: Held; readonly at: Spot; readonly slot: string }
  /** A step behind the registration can make the function fail. */
  | { readonly kind: 'late-failure'; readonly held: Held; readonly at: Spot; readonly callee: string }
  | { readonly kind: 'pending'; readonly root: FunctionId; readonly at: Spot; readonly constant: string }
  /** A macro that only asks for the sign tests the status of a call whose failures may be positive. */
  | { readonly kind: 'inexact-test'; readonly call: string; readonly at: Spot }
  /** An undo behind that of something it still needs: `first` should have been the second. */
  | {
      readonly kind: 'undone-out-of-order';
      readonly call: string;
      readonly at: Spot;
      readonly first: Spot;
      readonly firstCall: string;
    };
