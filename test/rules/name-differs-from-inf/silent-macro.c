#include <ndis.h>

#define FILTER_UNIQUE_NAME L"{5cbf81bd-5055-47cd-9055-a76b2b4e3697}"
#define FILTER_UNIQUE_STRING RTL_CONSTANT_STRING(FILTER_UNIQUE_NAME)

static NDIS_HANDLE FilterHandle;
static const NDIS_STRING g_UniqueName = FILTER_UNIQUE_STRING;

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS table;

    NdisZeroMemory(&table, sizeof(table));
    FillHandlers(&table);
    table.UniqueName = g_UniqueName;

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &table, &FilterHandle);
}
