/**
 * Lint rules: typescript-eslint's strict type-checked set, and the habits of this code base that a rule
 * can tell. Import directions have their full table in `test/architecture.test.ts`; the restrictions
 * here are the second line, which an editor shows while one types.
 */
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PHASES = ['parse', 'cluster', 'infer', 'students', 'emit', 'verify', 'report'];

/** Forbids the imports of `folders` (relative, one level up or more). */
function withoutFolders(folders, message) {
  return folders.map((folder) => ({ regex: `^(\\.\\./)+${folder}(/|\\.js$)`, message }));
}

const noNode = {
  regex: '^node:|^(fs|path|os|crypto|url|util|module|vm|worker_threads)(/|$)',
  message: 'the core runs in browsers: only cli imports from Node',
};
const noTypeScript = {
  regex: '^(ts-morph|typescript)$',
  message: "only emit and the checker's text readers know TypeScript's syntax tree",
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'output/', 'examples/*/data/', 'test/samples/']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', 400],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'export by name' },
        { selector: 'TSEnumDeclaration', message: 'use a union of strings' },
        { selector: 'Program > VariableDeclaration[kind="let"]', message: 'no module state' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'Date', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'randomness is seeded: numeric/random.ts' },
      ],
      'no-restricted-imports': ['error', { patterns: [noNode, noTypeScript] }],
    },
  },
  ...['diagnostics', 'numeric'].map((folder) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noNode,
            noTypeScript,
            ...withoutFolders(['ir', ...PHASES, 'compile', 'cli'], 'this folder imports nothing'),
          ],
        },
      ],
    },
  })),
  {
    files: ['src/ir/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noNode,
            noTypeScript,
            ...withoutFolders([...PHASES, 'compile', 'cli'], 'ir knows no phase'),
          ],
        },
      ],
    },
  },
  ...PHASES.map((phase) => ({
    files: [`src/${phase}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noNode,
            ...(phase === 'emit' ? [] : [noTypeScript]),
            ...withoutFolders(
              [...PHASES.filter((other) => other !== phase), 'compile', 'cli', 'index'],
              'phases share through ir, or are handed what they need by compile.ts',
            ),
          ],
        },
      ],
    },
  })),
  {
    files: [
      'src/verify/checker/read-text.ts',
      'src/verify/checker/reader.ts',
      'src/verify/strip-types.ts',
    ],
    rules: { 'no-restricted-imports': ['error', { patterns: [noNode] }] },
  },
  {
    files: ['*.config.ts', '*.config.js'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['scripts/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['eslint.config.js'],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
