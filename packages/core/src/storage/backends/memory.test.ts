import { databaseSuite } from '../database.suite.ts';
import { openMemory } from './memory.ts';

databaseSuite('memory', async () => openMemory());
