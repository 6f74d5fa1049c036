//- driver.c rule=missing-required-handler=off rule=header-field-missing=off
#include <ndis.h>

static NDIS_HANDLE Handles[6];

NDIS_STATUS RegisterByCall(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    RtlZeroMemory(&chars, sizeof(NDIS_MINIPORT_DRIVER_CHARACTERISTICS));
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &Handles[0]);
}

NDIS_STATUS RegisterByMemset(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    memset((PVOID)&chars, 0, sizeof chars);
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &Handles[1]);
}

NDIS_STATUS RegisterByInitialiser(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {};
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &Handles[2]);
}

NDIS_STATUS RegisterStatic(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    static NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &Handles[3]);
}

NDIS_STATUS RegisterByCopy(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = DefaultCharacteristics;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &Handles[4]);
}

NDIS_STATUS RegisterByPool(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*chars), TAG);
    if (chars == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, chars, &Handles[5]);
}
