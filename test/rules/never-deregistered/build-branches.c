#include <ndis.h>

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.UnloadHandler = MPUnload;
#if MP_HAS_CONTEXT
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, MPContext(), &chars, &DriverHandle);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-deregistered: nothing calls 'NdisMDeregisterMiniportDriver' for the handle in 'DriverHandle'
#else
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
#endif
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#if !MP_KEEPS_POOL
    NdisFreeMemory(DriverObject, 0, 0);
#endif
}
