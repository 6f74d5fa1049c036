import * as vscode from 'vscode';

/** One question of several. `take` keeps the answer; false asks once more. */
export type Step =
  | {
      kind: 'pick';
      placeholder: string;
      items: vscode.QuickPickItem[];
      /** Label of the item to stand on. */
      active: string | undefined;
      take(label: string): unknown;
    }
  | {
      kind: 'input';
      prompt: string;
      value: string;
      validate(text: string): Promise<string | undefined>;
      take(text: string): unknown;
    };

interface Place {
  title: string;
  step: number;
  totalSteps: number;
}

const BACK = Symbol('back');
type Answer = string | typeof BACK | undefined;

/**
 * Asks one question after the other, with a way back. `steps` may depend on the answers so far. False when the
 * user leaves.
 */
export async function askSteps(title: string, steps: () => Step[]): Promise<boolean> {
  for (let at = 0; ;) {
    const all = steps();
    const step = all[at];
    if (!step) return true;
    const place = { title, step: at + 1, totalSteps: all.length };
    const answer = await (step.kind === 'pick' ? pick(step, place) : input(step, place));
    if (answer === undefined) return false;
    if (answer === BACK) at--;
    else if ((await step.take(answer)) !== false) at++;
  }
}

function pick(step: Step & { kind: 'pick' }, place: Place): Promise<Answer> {
  const box = vscode.window.createQuickPick();
  box.placeholder = step.placeholder;
  box.items = step.items;
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  const active = step.items.find(({ label }) => label === step.active);
  if (active) box.activeItems = [active];
  return asked(box, place, (done) => {
    box.onDidAccept(() => done(box.selectedItems[0]?.label));
  });
}

function input(step: Step & { kind: 'input' }, place: Place): Promise<Answer> {
  const box = vscode.window.createInputBox();
  box.prompt = step.prompt;
  box.value = step.value;
  const check = async (): Promise<string | undefined> => {
    const { value } = box;
    const problem = await step.validate(value);
    // A newer text has an answer of its own.
    if (box.value === value) box.validationMessage = problem ?? '';
    return problem;
  };
  box.onDidChangeValue(() => void check());
  return asked(box, place, (done) => {
    box.onDidAccept(async () => {
      const { value } = box;
      if ((await check()) === undefined) done(value);
    });
  });
}

/** Shows the box until `listen` gets an answer, the user goes back, or it is closed. */
function asked(
  box: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { title, step, totalSteps }: Place,
  listen: (done: (answer: Answer) => void) => void,
): Promise<Answer> {
  box.title = title;
  box.step = step;
  box.totalSteps = totalSteps;
  box.ignoreFocusOut = true;
  if (step > 1) box.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const done = (answer: Answer): void => {
      resolve(answer);
      box.dispose();
    };
    box.onDidTriggerButton(() => done(BACK));
    box.onDidHide(() => done(undefined));
    listen(done);
    box.show();
  });
}
