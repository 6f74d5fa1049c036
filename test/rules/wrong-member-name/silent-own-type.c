#include <ndis.h>

typedef struct _MY_CHARACTERISTICS {
    PVOID CheckForHangHandler;
} MY_CHARACTERISTICS;

VOID Fill(MY_CHARACTERISTICS *Table, NDIS_MINIPORT_DRIVER_CHARACTERISTICS *Other)
{
    Table->CheckForHangHandler = NULL;
    Other->Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
}
