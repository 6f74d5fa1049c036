#include <ndis.h>

DECLARE_CONST_UNICODE_STRING(g_UniqueName, L"{5cbf81bd-5055-47cd-9055}");
//                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning name-differs-from-inf: must be a guid in braces

static NDIS_HANDLE FilterHandle;

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS table;

    NdisZeroMemory(&table, sizeof(table));
    FillHandlers(&table);
    table.UniqueName = g_UniqueName;

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &table, &FilterHandle);
}
