// Nobody in sight calls the function that registers; its table is filled elsewhere, its undo belongs to another.
#include <ndis.h>

NDIS_HANDLE DriverHandle;
NDIS_HANDLE OtherHandle;

void FillTable(NDIS_MINIPORT_DRIVER_CHARACTERISTICS *Table);

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};

    FillTable(&chars);
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

void Forget(void)
{
    NdisDeregisterProtocolDriver(OtherHandle);
}
