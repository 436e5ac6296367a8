// Puts RE2 and CEL in place, for their side effect: see filter/expression-engine.ts.

import { compileCel } from './filter/cel.ts';
import { provideExpressions } from './filter/expression-engine.ts';
import { compileRegex } from './filter/regex.ts';

provideExpressions({ compileRegex, compileCel });
