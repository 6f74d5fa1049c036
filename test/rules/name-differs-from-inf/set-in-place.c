#include <ndis.h>

static NDIS_HANDLE FilterHandle;

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS table;

    NdisZeroMemory(&table, sizeof(table));
    FillHandlers(&table);
    RtlInitUnicodeString(&table.UniqueName, L"NdisLwf");
    //                                      ^^^^^^^^^^ warning name-differs-from-inf: found "NdisLwf"

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &table, &FilterHandle);
}
