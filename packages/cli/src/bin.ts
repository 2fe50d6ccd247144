import { main } from './main.ts';

// Not awaited: a bundle in CommonJS has no top-level await. Every error is told by `main` itself.
void main(process.argv);
