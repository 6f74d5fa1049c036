#include <ndis.h>

// Each structure of optional handlers has a header of its own.

NDIS_STATUS SetMiniportCoCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_MINIPORT_CO_CHARACTERISTICS table = {0};

    table.Header.Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS;
    table.Header.Revision = NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1;
    table.Header.Size = NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1;
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
}

NDIS_STATUS SetProtocolCoCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS table = {0};

    table.Header.Type = NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS;
    table.Header.Revision = NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1;
    table.Header.Size = NDIS_SIZEOF_PROTOCOL_CO_CHARACTERISTICS_REVISION_1;
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
}

NDIS_STATUS SetCoClientOptionalHandlers(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS table = {0};

    table.Header.Type = NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS;
    table.Header.Revision = NDIS_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1;
    table.Header.Size = NDIS_SIZEOF_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1;
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
}

NDIS_STATUS SetCoCallManagerOptionalHandlers(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS table = {0};

    table.Header.Type = NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS;
    table.Header.Revision = NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1;
    table.Header.Size = NDIS_SIZEOF_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1;
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
}

NDIS_STATUS SetMiniportPnpCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_MINIPORT_PNP_CHARACTERISTICS table = {0};

    table.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_PNP_CHARACTERISTICS;
    table.Header.Revision = NDIS_MINIPORT_PNP_CHARACTERISTICS_REVISION_1;
    table.Header.Size = NDIS_SIZEOF_MINIPORT_PNP_CHARACTERISTICS_REVISION_1;
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
}

NDIS_STATUS SetMiniportSsCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_MINIPORT_SS_CHARACTERISTICS table = {0};

    table.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_SS_CHARACTERISTICS;
    table.Header.Revision = NDIS_MINIPORT_SS_CHARACTERISTICS_REVISION_1;
    table.Header.Size = NDIS_SIZEOF_MINIPORT_SS_CHARACTERISTICS_REVISION_1;
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
}

NDIS_STATUS SetNdkProviderCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_NDK_PROVIDER_CHARACTERISTICS table = {0};

    table.Header.Type = NDIS_OBJECT_TYPE_NDK_PROVIDER_CHARACTERISTICS;
    table.Header.Revision = NDIS_NDK_PROVIDER_CHARACTERISTICS_REVISION_1;
    table.Header.Size = NDIS_SIZEOF_NDK_PROVIDER_CHARACTERISTICS_REVISION_1;
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
}

NDIS_STATUS SetSharedMemoryProviderCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS table = {0};

    table.Header.Type = NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS;
    table.Header.Revision = NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1;
    table.Header.Size = NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1;
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
}
