//- driver.c rule=missing-required-handler=off rule=handler-pair-incomplete=off
#include <ndis.h>

// Each structure of optional handlers has a header of its own.

NDIS_STATUS SetMiniportCoCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_MINIPORT_CO_CHARACTERISTICS table = {0};

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'table.Header.Type', 'table.Header.Revision' and 'table.Header.Size' are never set before 'NdisSetOptionalHandlers'
}

NDIS_STATUS SetProtocolCoCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS table = {0};

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'table.Header.Type', 'table.Header.Revision' and 'table.Header.Size' are never set before 'NdisSetOptionalHandlers'
}

NDIS_STATUS SetCoClientOptionalHandlers(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS table = {0};

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'table.Header.Type', 'table.Header.Revision' and 'table.Header.Size' are never set before 'NdisSetOptionalHandlers'
}

NDIS_STATUS SetCoCallManagerOptionalHandlers(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS table = {0};

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'table.Header.Type', 'table.Header.Revision' and 'table.Header.Size' are never set before 'NdisSetOptionalHandlers'
}

NDIS_STATUS SetMiniportPnpCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_MINIPORT_PNP_CHARACTERISTICS table = {0};

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'table.Header.Type', 'table.Header.Revision' and 'table.Header.Size' are never set before 'NdisSetOptionalHandlers'
}

NDIS_STATUS SetMiniportSsCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_MINIPORT_SS_CHARACTERISTICS table = {0};

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'table.Header.Type', 'table.Header.Revision' and 'table.Header.Size' are never set before 'NdisSetOptionalHandlers'
}

NDIS_STATUS SetNdkProviderCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_NDK_PROVIDER_CHARACTERISTICS table = {0};

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'table.Header.Type', 'table.Header.Revision' and 'table.Header.Size' are never set before 'NdisSetOptionalHandlers'
}

NDIS_STATUS SetSharedMemoryProviderCharacteristics(NDIS_HANDLE NdisDriverHandle)
{
    NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS table = {0};

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&table);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error header-field-missing: 'table.Header.Type', 'table.Header.Revision' and 'table.Header.Size' are never set before 'NdisSetOptionalHandlers'
}
