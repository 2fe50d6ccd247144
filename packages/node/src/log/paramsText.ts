import { oneLine } from './printable.ts';

const LIMIT = 200;
/** An address and a hash stay whole. */
const STRING_LIMIT = 66;
const LIST_LIMIT = 8;
const HIDDEN = '[hidden]';

/** Fields that hold what nobody else should know: keys, and addresses of services with the caller's key in them. */
const SECRET_FIELD = /private|secret|password|passphrase|mnemonic|seed|token|url/i;
/** Methods whose texts are passwords or keys, whether we have them or not. */
const SECRET_METHOD = /^personal_|private|rawkey|password|mnemonic|rpcurl/i;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

function shortened(field: string, value: unknown): unknown {
  if (field !== '' && SECRET_FIELD.test(field)) return HIDDEN;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string' && value.length > STRING_LIMIT) {
    return `${value.slice(0, STRING_LIMIT)}…(${value.length} characters)`;
  }
  if (!Array.isArray(value) || value.length <= LIST_LIMIT) return value;
  return [...value.slice(0, LIST_LIMIT), `…(${value.length} items)`];
}

/**
 * Parameters for a log: on one line, about 200 characters, without passwords and private keys.
 * @example paramsText('eth_getBalance', ['0xf39f…', 'latest']) // '["0xf39f…","latest"]'
 */
export function paramsText(method: string, params: unknown): string {
  const hidesTexts = SECRET_METHOD.test(method);
  const text = JSON.stringify(params, (field, value: unknown) =>
    hidesTexts && typeof value === 'string' && !ADDRESS.test(value) ? HIDDEN : shortened(field, value),
  );
  return text === undefined ? '' : oneLine(text, LIMIT);
}
