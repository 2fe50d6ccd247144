#!/usr/bin/env node
import { runBundle } from './runBundle.ts';

runBundle(new URL('./minichain.cjs', import.meta.url));
