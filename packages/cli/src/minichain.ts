#!/usr/bin/env node
import { runBundle } from '@minichain/node/runBundle';

runBundle(new URL('./minichain.cjs', import.meta.url));
