import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The first test of a file also loads what the views load when needed, and a
// machine that tests everything at once is slow: a test waits for what it asks for.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);
