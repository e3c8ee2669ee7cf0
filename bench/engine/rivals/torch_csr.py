"""A product with a CSR matrix whose backward makes the gradient of its active values alone.

PyTorch has the parts (MKL's sparse product, sampled_addmm) and does not put them together itself.
"""

import torch


class CsrPattern:
    """Positions of a CSR matrix and of its transpose, and the order in which the transpose reads the values."""

    def __init__(self, weight: torch.Tensor, mask: torch.Tensor) -> None:
        self.shape = weight.shape
        numbered = torch.zeros_like(mask, dtype=torch.int64)
        active = mask.bool()
        numbered[active] = torch.arange(1, int(active.sum()) + 1)
        self.values = weight[active]
        csr, transpose = numbered.to_sparse_csr(), numbered.t().contiguous().to_sparse_csr()
        self.rows, self.columns = csr.crow_indices().int(), csr.col_indices().int()
        self.transposed_rows, self.transposed_columns = transpose.crow_indices().int(), transpose.col_indices().int()
        self.order = transpose.values() - 1

    def matrix(self, values: torch.Tensor) -> torch.Tensor:
        return torch.sparse_csr_tensor(self.rows, self.columns, values, self.shape, check_invariants=False)

    def transpose(self, values: torch.Tensor) -> torch.Tensor:
        return torch.sparse_csr_tensor(self.transposed_rows, self.transposed_columns, values[self.order], self.shape[::-1], check_invariants=False)


class CsrProduct(torch.autograd.Function):
    @staticmethod
    def forward(ctx, values: torch.Tensor, pattern: CsrPattern, h: torch.Tensor) -> torch.Tensor:
        ctx.pattern = pattern
        ctx.save_for_backward(values, h)
        return torch.sparse.mm(pattern.matrix(values), h)

    @staticmethod
    def backward(ctx, gradient: torch.Tensor) -> tuple[torch.Tensor, None, torch.Tensor | None]:
        values, h = ctx.saved_tensors
        pattern, gradient = ctx.pattern, gradient.contiguous()
        of_values = torch.sparse.sampled_addmm(pattern.matrix(values), gradient, h.t(), beta=0.0).values()
        of_h = torch.sparse.mm(pattern.transpose(values), gradient) if ctx.needs_input_grad[2] else None
        return of_values, None, of_h
