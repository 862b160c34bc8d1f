// schemas/openapi.yaml under Redocly's recommended rules, and every example in it against its schema.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../server/web/package.json', import.meta.url));
const { createConfig, lint } = require('@redocly/openapi-core');

const config = await createConfig({
  extends: ['recommended'],
  rules: {
    'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true },
    'operation-4xx-response': 'off', // a call without parameters has nothing to refuse
    'operation-2xx-response': 'off', // a WebSocket is answered with 101
    'security-defined': 'off', // told in the description
  },
});
const problems = await lint({ ref: process.argv[2], config });
for (const { severity, ruleId, location, message } of problems) {
  console.log(`${severity} ${ruleId} ${location[0]?.pointer}: ${message}`);
}
console.log(`${process.argv[2]}: ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
