/**
 * Names to places, resolved before anything runs: each function has one frame, each variable of its
 * blocks a slot of its own in it. A use that stands before its declaration is refused, since slots
 * live longer than JavaScript's blocks.
 */
import type { FunctionSyntax, Pattern, StatementSyntax } from '../syntax.js';
import { Undecided } from '../undecided.js';

export interface Variable {
  readonly slot: number;
  readonly constant: boolean;
  /** Where it may be used from; −1 for what is hoisted. */
  readonly since: number;
}

export interface Place {
  /** Frames to go up. */
  readonly depth: number;
  readonly variable: Variable;
  readonly level: number;
}

/** The slots of one function. */
export class FunctionScope {
  size = 0;
  readonly level: number;

  constructor(readonly parent: BlockScope | undefined) {
    this.level = parent === undefined ? 0 : parent.owner.level + 1;
  }
}

/** The names of one block. */
export class BlockScope {
  private readonly names = new Map<string, Variable>();

  constructor(
    readonly owner: FunctionScope,
    private readonly parent: BlockScope | undefined,
  ) {}

  declare(name: string, constant: boolean, since: number): Variable {
    if (this.names.has(name)) throw new Undecided(`${name} is declared twice`);
    const variable = { slot: this.owner.size++, constant, since };
    this.names.set(name, variable);
    return variable;
  }

  /** The variables of this block that have no value until their declaration has run. */
  waiting(): readonly { readonly name: string; readonly slot: number }[] {
    return [...this.names].flatMap(([name, { slot, since }]) =>
      since < 0 ? [] : [{ name, slot }],
    );
  }

  /** A block within this one, of the same function. */
  inner(): BlockScope {
    return new BlockScope(this.owner, this);
  }

  own(name: string): Variable | undefined {
    return this.names.get(name);
  }

  find(name: string): Place | undefined {
    const variable = this.names.get(name);
    if (variable !== undefined) return { depth: 0, variable, level: this.owner.level };
    if (this.parent !== undefined) return this.parent.find(name);
    const outside = this.owner.parent?.find(name);
    return outside === undefined ? undefined : { ...outside, depth: outside.depth + 1 };
  }
}

/** Declares what a list of statements binds in its own block, functions first. */
export function hoist(scope: BlockScope, body: readonly StatementSyntax[]): FunctionSyntax[] {
  const definitions: FunctionSyntax[] = [];
  for (const statement of body) {
    if (statement.kind === 'define') {
      scope.declare(statement.definition.name, true, -1);
      definitions.push(statement.definition);
    } else if (statement.kind === 'declare') {
      const end = statement.at;
      declarePattern(scope, statement.pattern, statement.constant, end);
    }
  }
  return definitions;
}

export function declarePattern(
  scope: BlockScope,
  pattern: Pattern,
  constant: boolean,
  since: number,
): void {
  if (pattern.kind === 'name') scope.declare(pattern.name, constant, since);
  else {
    for (const element of pattern.elements) {
      if (element !== undefined) declarePattern(scope, element, constant, since);
    }
  }
}
