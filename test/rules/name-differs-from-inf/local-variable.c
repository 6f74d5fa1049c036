#include <ndis.h>

#define FILTER_UNIQUE_NAME L"5cbf81bd-5055-47cd-9055-a76b2b4e3697"

static NDIS_HANDLE FilterHandle;

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS table;
    NDIS_STRING UniqueName = RTL_CONSTANT_STRING(FILTER_UNIQUE_NAME);
    //                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning name-differs-from-inf: found "5cbf81bd-5055-47cd-9055-a76b2b4e3697"

    NdisZeroMemory(&table, sizeof(table));
    FillHandlers(&table);
    table.UniqueName = UniqueName;

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &table, &FilterHandle);
}
