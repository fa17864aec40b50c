import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The first test of a file also loads what the views load when needed.
configure({ asyncUtilTimeout: 5_000 });
jest.setTimeout(20_000);
