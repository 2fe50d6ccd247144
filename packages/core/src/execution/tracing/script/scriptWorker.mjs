import { readFileSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';

/**
 * A thread for tracers written in JavaScript. They run inside QuickJS, which is WebAssembly with a memory of its own: nothing
 * of this process can be reached from there but what is handed in.
 */
const { answers, signal } = workerData;
const lock = new Int32Array(signal);
const STACK_BYTES = 512 * 1024;
/** An interpreter counts opcodes between two looks at the clock, natively. */
const quickJs = await newQuickJSWASMModuleFromVariant(variant);

/** The code that runs inside, beside the tracer. */
const sourceOf = (name) => readFileSync(new URL(`./sandbox/${name}`, import.meta.url), 'utf8');

/** Sleeps until the chain has answered. */
function ask(question) {
  Atomics.store(lock, 0, 0);
  parentPort.postMessage(question);
  Atomics.wait(lock, 0, 0);
  return receiveMessageOnPort(answers).message;
}

class Tracing {
  #runtime = quickJs.newRuntime();
  #context = this.#runtime.newContext();
  #deadline = 0;
  #world;
  /** Of values inside, which live until they are let go. */
  #handles = [];

  constructor({ memoryBytes }) {
    this.#runtime.setMemoryLimit(memoryBytes);
    this.#runtime.setMaxStackSize(STACK_BYTES);
    this.#runtime.setInterruptHandler(() => Date.now() > this.#deadline);
  }

  start({ code, config, facts, timeoutMs }) {
    this.#deadline = Date.now() + timeoutMs;
    const context = this.#context;
    const answer = (question) => {
      const text = ask(question);
      return context.newString(text);
    };
    const host = this.#held(context.newObject());
    this.#define(host, 'ask', (...given) => answer({ ask: given.map((one) => context.getString(one)) }));
    this.#define(host, 'keccak', (hex) => answer({ keccak: context.getString(hex) }));
    this.#runtime.setModuleLoader((name) => sourceOf(name));
    this.#held(this.#unwrap(context.evalCode(sourceOf('sandbox.mjs'), 'sandbox.mjs', { type: 'module' })));
    this.#runtime.setModuleLoader(() => ({ error: new Error('there are no modules here') }));
    const open = this.#held(context.getProp(context.global, 'openSandbox'));
    const given = this.#evaluate(`JSON.parse(${JSON.stringify(JSON.stringify(facts))})`);
    this.#world = this.#held(this.#call(open, host, given));
    const made = this.#evaluate(`(${code}\n)`);
    return this.#ask('load', made, context.newString(config));
  }

  /** @param timeoutMs of all that is asked until it is set again. */
  allow(timeoutMs) {
    this.#deadline = Date.now() + timeoutMs;
  }

  feed(buffer) {
    return this.#ask('feed', this.#context.newArrayBuffer(buffer));
  }

  result(text) {
    return this.#ask('result', this.#context.newString(text));
  }

  #ask(name, ...given) {
    const method = this.#context.getProp(this.#world, name);
    const result = this.#call(method, ...given);
    for (const handle of [method, ...given.filter((one) => !this.#handles.includes(one))]) handle.dispose();
    const text = this.#context.getString(result);
    result.dispose();
    if (text.startsWith('!')) throw new Error(text.slice(1));
    return text;
  }

  dispose() {
    for (const handle of this.#handles.reverse()) handle.dispose();
    this.#context.dispose();
    this.#runtime.dispose();
  }

  #held(handle) {
    this.#handles.push(handle);
    return handle;
  }

  #define(target, name, work) {
    this.#context.setProp(target, name, this.#held(this.#context.newFunction(name, work)));
  }

  #evaluate(code) {
    return this.#held(this.#unwrap(this.#context.evalCode(code, 'tracer.js')));
  }

  #call(callee, ...given) {
    return this.#unwrap(this.#context.callFunction(callee, this.#context.undefined, ...given));
  }

  #unwrap(result) {
    if (result.error === undefined) return result.value;
    const { name, message } = this.#context.dump(result.error) ?? {};
    result.error.dispose();
    if (name === 'InternalError' && message === 'interrupted') throw new Error('execution timeout');
    if (message === 'out of memory') throw new Error('the tracer is out of memory');
    throw new Error(name === undefined ? String(message) : `${name}: ${message}`);
  }
}

let tracing;
let remainingMs = 0;

parentPort.on('message', ({ start, run }) => {
  const began = Date.now();
  try {
    if (start !== undefined) {
      remainingMs = start.timeoutMs;
      tracing = new Tracing(start);
      const ready = tracing.start(start);
      remainingMs -= Date.now() - began;
      parentPort.postMessage({ ready });
      return;
    }
    tracing.allow(remainingMs);
    for (const chunk of run.chunks) tracing.feed(chunk);
    const result = tracing.result(run.context);
    // The next tracer finds nothing of this one.
    tracing.dispose();
    tracing = undefined;
    parentPort.postMessage({ result });
  } catch (error) {
    parentPort.postMessage({ failure: error.message });
  }
});
parentPort.postMessage({ listening: true });
